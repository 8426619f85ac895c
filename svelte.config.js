import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ fallback: '404.html' }),
		// the build works in any sub-folder of a host
		paths: { relative: true },
		serviceWorker: { register: false },
		// a fixed name, so that two builds of one source are byte-identical
		version: { name: process.env.npm_package_version ?? '0.1.0' },
	},
};
