/** Seeded random numbers, so that a run can be repeated and resumed: mulberry32, whose whole state is one integer. */

/** A stream of random numbers whose `state` can be stored and restored. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Normal with mean 0 and deviation 1 (Box–Muller). */
  normal(): number;
  /** The same items in random order. */
  shuffle<Item>(items: readonly Item[]): Item[];
  state: number;
}

/** Starts a stream at a seed or at a stored state. */
export function seededRandom(seed: number): Random {
  const random: Random = {
    state: seed >>> 0,
    next: () => {
      random.state = (random.state + 0x6d2b79f5) >>> 0;
      let t = random.state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()),
    shuffle: (items) => {
      const order = [...items];
      for (let i = order.length - 1; i > 0; i--) {
        const j = Math.floor(random.next() * (i + 1));
        const [a, b] = [order[i], order[j]];
        if (a !== undefined && b !== undefined) [order[i], order[j]] = [b, a];
      }
      return order;
    },
  };
  return random;
}
