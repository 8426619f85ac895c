/**
 * Cities that the generator knows: real centres (degrees), a weight for how many users each has, and how far
 * they live from the centre. Largest first.
 */
export interface Place {
	readonly id: string;
	readonly name: string;
	readonly latitude: number;
	readonly longitude: number;
	/** relative number of users */
	readonly weight: number;
	/** standard deviation of the distance from the centre, in km: small in a dense city */
	readonly spreadKm: number;
}

export const places: readonly Place[] = [
	{ id: 'nyc', name: 'New York', latitude: 40.7128, longitude: -74.006, weight: 30, spreadKm: 7 },
	{ id: 'dal', name: 'Dallas', latitude: 32.7767, longitude: -96.797, weight: 18, spreadKm: 14 },
	{ id: 'aus', name: 'Austin', latitude: 30.2672, longitude: -97.7431, weight: 12, spreadKm: 9 },
	{ id: 'lax', name: 'Los Angeles', latitude: 34.0522, longitude: -118.2437, weight: 26, spreadKm: 18 },
	{ id: 'chi', name: 'Chicago', latitude: 41.8781, longitude: -87.6298, weight: 20, spreadKm: 10 },
	{ id: 'bos', name: 'Boston', latitude: 42.3601, longitude: -71.0589, weight: 13, spreadKm: 6 },
	{ id: 'sfo', name: 'San Francisco', latitude: 37.7749, longitude: -122.4194, weight: 15, spreadKm: 5 },
	{ id: 'hou', name: 'Houston', latitude: 29.7604, longitude: -95.3698, weight: 16, spreadKm: 16 },
	{ id: 'phl', name: 'Philadelphia', latitude: 39.9526, longitude: -75.1652, weight: 12, spreadKm: 8 },
	{ id: 'mia', name: 'Miami', latitude: 25.7617, longitude: -80.1918, weight: 11, spreadKm: 9 },
	{ id: 'atl', name: 'Atlanta', latitude: 33.749, longitude: -84.388, weight: 11, spreadKm: 13 },
	{ id: 'sea', name: 'Seattle', latitude: 47.6062, longitude: -122.3321, weight: 11, spreadKm: 7 },
	{ id: 'den', name: 'Denver', latitude: 39.7392, longitude: -104.9903, weight: 9, spreadKm: 10 },
	{ id: 'was', name: 'Washington', latitude: 38.9072, longitude: -77.0369, weight: 12, spreadKm: 7 },
	{ id: 'phx', name: 'Phoenix', latitude: 33.4484, longitude: -112.074, weight: 9, spreadKm: 16 },
	{ id: 'san', name: 'San Diego', latitude: 32.7157, longitude: -117.1611, weight: 8, spreadKm: 11 },
	{ id: 'msp', name: 'Minneapolis', latitude: 44.9778, longitude: -93.265, weight: 7, spreadKm: 9 },
	{ id: 'pdx', name: 'Portland', latitude: 45.5152, longitude: -122.6784, weight: 6, spreadKm: 7 },
	{ id: 'bna', name: 'Nashville', latitude: 36.1627, longitude: -86.7816, weight: 6, spreadKm: 11 },
	{ id: 'slc', name: 'Salt Lake City', latitude: 40.7608, longitude: -111.891, weight: 4, spreadKm: 9 },
];

/** Brand names and categories that the generator draws from, in order; beyond them brands are numbered. */
export const brandNames: readonly (readonly [name: string, category: string])[] = [
	['Shake Shack', 'burgers'], ['Sweetgreen', 'salads'], ['Joe’s Pizza', 'pizza'], ['Blue Bottle', 'coffee'],
	['Cava', 'bowls'], ['Chipotle', 'burritos'], ['Van Leeuwen', 'dessert'], ['Levain Bakery', 'bakery'],
	['Juice Press', 'juice'], ['Dig', 'bowls'], ['Torchy’s Tacos', 'tacos'], ['Whataburger', 'burgers'],
	['Halal Guys', 'street food'], ['Bareburger', 'burgers'], ['Two Hands', 'brunch'], ['Magnolia Bakery', 'bakery'],
	['Joe Coffee', 'coffee'], ['Insomnia Cookies', 'dessert'], ['Chopt', 'salads'], ['Xi’an Foods', 'noodles'],
	['Ippudo', 'noodles'], ['Jeni’s', 'dessert'], ['Velvet Taco', 'tacos'], ['Snap Kitchen', 'bowls'],
	['Houndstooth', 'coffee'], ['Home Slice', 'pizza'], ['P. Terry’s', 'burgers'], ['Thai Fresh', 'noodles'],
	['Barry’s', 'fitness'], ['Rumble', 'fitness'], ['SoulCycle', 'fitness'], ['Glossier', 'retail'],
	['Warby Parker', 'retail'], ['Strand Books', 'retail'], ['Everlane', 'retail'], ['Aesop', 'retail'],
	['Bluestone Lane', 'coffee'], ['La Colombe', 'coffee'], ['Milk Bar', 'dessert'], ['By Chloe', 'bowls'],
]; // prettier-ignore
