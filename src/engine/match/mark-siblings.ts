/** Marks the contracts whose brand has a second contract: only these can stand in each other's way. */
export function markSiblings(contractBrand: Uint32Array): Uint8Array {
	let brandCount = 0;
	for (const b of contractBrand) if (b >= brandCount) brandCount = b + 1;
	const contractsOfBrand = new Uint32Array(brandCount);
	for (const b of contractBrand) contractsOfBrand[b]++;

	const hasSibling = new Uint8Array(contractBrand.length);
	for (let c = 0; c < contractBrand.length; c++) {
		if (contractsOfBrand[contractBrand[c]] > 1) hasSibling[c] = 1;
	}
	return hasSibling;
}
