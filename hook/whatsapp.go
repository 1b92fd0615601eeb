package hook

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/touch"
)

// verifyWhatsApp checks X-Hub-Signature-256: HMAC-SHA256 by the app's secret
// over the body (developers.facebook.com/docs/graph-api/webhooks).
func verifyWhatsApp(c Call, secret string) bool {
	signature, ok := strings.CutPrefix(c.Header("X-Hub-Signature-256"), "sha256=")
	return ok && isHex(signature, secret, c.Body)
}

// whatsApp is a notification of the Cloud API: messages of people, with who
// they are beside them. Statuses of our own messages have no messages.
type whatsApp struct {
	Entry []struct {
		Changes []struct {
			Value struct {
				Metadata struct {
					DisplayPhoneNumber string `json:"display_phone_number"`
				}
				Contacts []struct {
					WaID    string `json:"wa_id"`
					Profile struct{ Name string }
				}
				Messages []struct {
					From, ID, Timestamp string
					Referral            *struct {
						SourceID   string `json:"source_id"`
						SourceType string `json:"source_type"`
						Headline   string
						ClickID    string `json:"ctwa_clid"`
					}
				}
			}
		}
	}
}

func readWhatsApp(c Call) (out []Message, err error) {
	var n whatsApp
	if err := json.Unmarshal(c.Body, &n); err != nil {
		return nil, err
	}
	for _, entry := range n.Entry {
		for _, change := range entry.Changes {
			names := map[string]string{}
			for _, person := range change.Value.Contacts {
				names[person.WaID] = person.Profile.Name
			}
			for _, said := range change.Value.Messages {
				m := Message{
					ID: said.ID, Kind: touch.KindChat, At: seconds(said.Timestamp, c.Now), Name: names[said.From],
					Phone: international(said.From), Called: change.Value.Metadata.DisplayPhoneNumber,
				}
				if r := said.Referral; r != nil && r.SourceType == "ad" {
					m.Kind, m.Ad = touch.KindAd, &touch.Ad{Network: "Meta", AdID: r.SourceID, Headline: r.Headline, ClickID: r.ClickID}
				}
				out = append(out, m)
			}
		}
	}
	return out, nil
}

// international is a number that came without its plus.
func international(digits string) string {
	if digits == "" || strings.HasPrefix(digits, "+") {
		return digits
	}
	return "+" + digits
}

// seconds reads Unix seconds.
func seconds(text string, otherwise touch.Millis) touch.Millis {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 || n > 1<<40 {
		return otherwise
	}
	return touch.Millis(n * 1000)
}
