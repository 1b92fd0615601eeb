package demo

import (
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// reader is how somebody reads the site: on one device, in one country, by
// chances of its own, so that what is read changes nothing else.
type reader struct {
	*random
	device, country string
}

var (
	devices = []string{touch.DeviceDesktop, touch.DeviceMobile, touch.DeviceTablet}
	homes   = []string{"US", "DE", "GB", "FR", "NL", "ES", "SE", "AT", "CH"}
	reading = []string{"/pricing", "/features", "/customers", "/integrations", "/security", "/about"}
)

func newReader(seed, number uint64) reader {
	r := newRandom(seed, number)
	return reader{r, devices[r.weighted([]float64{58, 36, 6})], homes[r.weighted([]float64{30, 24, 10, 9, 8, 6, 5, 4, 4})]}
}

// on notes the device and the country with a view.
func (r reader) on(v *journal.View) *journal.View {
	v.Device, v.Country = r.device, r.country
	return v
}

// pages are those that are read after the first one of a visit.
func (r reader) pages() (out []string) {
	for n := r.weighted([]float64{45, 28, 17, 10}); n > 0; n-- {
		out = append(out, reading[r.weighted([]float64{34, 26, 14, 11, 8, 7})])
	}
	return out
}
