package hook

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// verifyPipedrive checks the password of basic authentication that the webhook
// was made with; the user is anybody. Pipedrive signs nothing.
func verifyPipedrive(c Call, secret string) bool {
	encoded, ok := strings.CutPrefix(c.Header("Authorization"), "Basic ")
	plain, err := base64.StdEncoding.DecodeString(encoded)
	_, password, found := strings.Cut(string(plain), ":")
	return ok && err == nil && found && same(password, secret)
}

// pipedrive is a call of version 2. A deal names its person by an id only, so
// the contact has that as its external id.
type pipedrive struct {
	Meta struct {
		Entity    string
		Timestamp json.RawMessage // a text or Unix seconds
	}
	Data *struct {
		ID            json.Number
		PersonID      json.Number `json:"person_id"`
		StageID       json.Number `json:"stage_id"`
		Status        string
		Value         json.Number
		Currency      string
		UpdateTime    string `json:"update_time"`
		CloseTime     string `json:"close_time"`
		ExpectedClose string `json:"expected_close_date"`
	}
}

func readPipedrive(c Call) ([]Message, error) {
	var call pipedrive
	if err := json.Unmarshal(c.Body, &call); err != nil {
		return nil, err
	}
	d := call.Data
	if call.Meta.Entity != "deal" || d == nil || d.ID == "" {
		return nil, nil
	}
	m := Message{
		At:         instant(d.UpdateTime, c.Now),
		ExternalID: "pipedrive:" + cmp.Or(d.PersonID.String(), "deal:"+d.ID.String()),
		Deal: &Deal{
			Stage: d.StageID.String(), Amount: d.Value.String(), Currency: d.Currency,
			CloseAt: cmp.Or(instant(d.CloseTime, 0), instant(d.ExpectedClose, 0)),
		},
	}
	if d.Status == "won" || d.Status == "lost" {
		m.Deal.Stage = d.Status
	}
	m.ID = m.Deal.event(d.ID.String(), cmp.Or(d.UpdateTime, string(call.Meta.Timestamp)))
	return []Message{m}, nil
}
