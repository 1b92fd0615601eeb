package hook

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tidemark/tidemark/touch"
)

// verifyTikTok checks TikTok-Signature, "t=SECONDS,s=HEX": HMAC-SHA256 by the
// app's secret over the time, a dot and the body (developers.tiktok.com,
// "Webhooks verification").
func verifyTikTok(c Call, secret string) bool {
	var at, signature string
	for part := range strings.SplitSeq(c.Header("TikTok-Signature"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "t":
			at = value
		case "s":
			signature = value
		}
	}
	return c.fresh(seconds(at, 0)) && isHex(signature, secret, []byte(at), []byte("."), c.Body)
}

// tikTok is an event of business messaging. Its content is JSON in a text. A
// person is only known by the id of the conversation's user.
//
// source: TikTok API for Business v1.3, "Business Messaging webhooks"
// (business-api.tiktok.com/portal/docs?id=1832190670631937): an arrival by an ad
// or a tiktok.me link is an event of its own, im_referral_msg, without a
// message. Of an ad it names ad_id, ad_name, advertiser_id, embed_url and
// message_material_id; campaign, ad group and click id are not told.
type tikTok struct {
	Event      string
	CreateTime int64 `json:"create_time"`
	Content    string
}

type tikTokContent struct {
	ConversationID string `json:"conversation_id"`
	MessageID      string `json:"message_id"`
	From           string
	FromUser       struct{ ID string } `json:"from_user"`
	Timestamp      int64               // milliseconds
	Referral       *struct {
		Ad *struct {
			ID   string `json:"ad_id"`
			Name string `json:"ad_name"`
		}
	}
}

func readTikTok(c Call) ([]Message, error) {
	var event tikTok
	if err := json.Unmarshal(c.Body, &event); err != nil {
		return nil, err
	}
	if event.Event != "im_receive_msg" && event.Event != "im_referral_msg" {
		return nil, nil
	}
	var said tikTokContent
	if err := json.Unmarshal([]byte(event.Content), &said); err != nil {
		return nil, err
	}
	if said.FromUser.ID == "" {
		return nil, nil
	}
	m := Message{
		ID: cmp.Or(said.MessageID, fmt.Sprint(event.Event, " ", said.ConversationID, " ", said.Timestamp)), Kind: touch.KindChat, At: c.Now,
		ExternalID: "tiktok:" + said.FromUser.ID, Name: said.From,
	}
	if said.Timestamp > 0 && said.Timestamp < 1<<50 {
		m.At = touch.Millis(said.Timestamp)
	}
	if r := said.Referral; r != nil && r.Ad != nil {
		m.Kind, m.Ad = touch.KindAd, &touch.Ad{
			Network: "TikTok", AdID: r.Ad.ID, Headline: r.Ad.Name,
		}
	}
	return []Message{m}, nil
}
