package record

import "sync"

// cache is a bounded map. When it is full it forgets everything and fills
// again, which costs a bulk load less than keeping an order of use would.
// The zero value is an empty cache.
type cache[K comparable, V any] struct {
	mu    sync.RWMutex
	m     map[K]V
	epoch int64 // counts how often everything was forgotten on purpose
}

// maxCached bounds a cache; texts are short, so this is a few megabytes.
const maxCached = 100_000

func (c *cache[K, V]) get(key K) (V, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	value, ok := c.m[key]
	return value, ok
}

// now is what put wants: take it before reading what is put.
func (c *cache[K, V]) now() int64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.epoch
}

// put keeps a value that was read at an epoch, unless that is over.
func (c *cache[K, V]) put(key K, value V, epoch int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if epoch != c.epoch {
		return
	}
	if c.m == nil || len(c.m) >= maxCached {
		c.m = map[K]V{}
	}
	c.m[key] = value
}

// forget drops everything, and what is being read meanwhile.
func (c *cache[K, V]) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m = nil
	c.epoch++
}
