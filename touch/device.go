package touch

import "strings"

// The kinds of devices that a page is seen on.
const (
	DeviceDesktop = "desktop"
	DeviceMobile  = "mobile"
	DeviceTablet  = "tablet"
	DeviceTV      = "tv"
)

// Devices lists them.
var Devices = [...]string{DeviceDesktop, DeviceMobile, DeviceTablet, DeviceTV}

// deviceSigns are parts of user agents and what they tell, in lower case; the
// first one decides. A tablet that asks for desktop pages, as iPads do, is not
// told from a desktop.
//
// source: MDN, "Browser detection using the user agent": Mobi for phones,
// Tablet for tablets; Android without Mobile is a tablet, as Google's guide for
// Chrome on Android says.
var deviceSigns = [...]struct{ sign, device string }{
	{"smart-tv", DeviceTV},
	{"smarttv", DeviceTV},
	{"appletv", DeviceTV},
	{"hbbtv", DeviceTV},
	{"googletv", DeviceTV},
	{"android tv", DeviceTV},
	{"bravia", DeviceTV},
	{"crkey", DeviceTV},
	{"ipad", DeviceTablet},
	{"tablet", DeviceTablet},
	{"kindle", DeviceTablet},
	{"mobi", DeviceMobile},
	{"iphone", DeviceMobile},
	{"android", DeviceTablet},
	{"windows nt", DeviceDesktop},
	{"macintosh", DeviceDesktop},
	{"cros", DeviceDesktop},
	{"x11", DeviceDesktop},
}

// DeviceOf is the kind of device that a user agent names, "" if it names none.
// Nothing else is kept of a user agent.
func DeviceOf(userAgent string) string {
	lower := strings.ToLower(userAgent)
	for _, s := range deviceSigns {
		if strings.Contains(lower, s.sign) {
			return s.device
		}
	}
	return ""
}

// CountryOf is a country as proxies tell it: two letters; "" for anything else
// and for those codes that mean that it is not known (XX) or hidden (T1, of
// Tor).
func CountryOf(code string) string {
	code = strings.ToUpper(strings.TrimSpace(code))
	if len(code) != 2 || code == "XX" || strings.ContainsFunc(code, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		return ""
	}
	return code
}
