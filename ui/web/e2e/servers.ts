/** The demos that `run` has started, one for each worker: tests write, so what runs at the same time shares none. */
export const servers = (process.env.TIDEMARK_URL ?? '').split(' ')
