package record

import (
	"strings"
	"testing"
)

func TestCheckFindsDamage(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]string{
		"log entry 3 is chained to 7 instead of 2":                           "UPDATE log SET prev = 7 WHERE seq = 3",
		"the head of contact 1 is at log entry 2 instead of 3":               "UPDATE head SET last = 2",
		"the head of contact 1 holds entries that cannot be read":            "UPDATE head SET chain = x'0102'",
		"the head of contact 1 holds entries up to 3 instead of 2":           "UPDATE head SET last = 2",
		"contact 1 has log entries and no head":                              "DELETE FROM head",
		"the configuration of workspace 1 is that of log entry 9":            "UPDATE configuration SET seq = 9",
		"the contacts by stage are counted":                                  "INSERT INTO stage_count VALUES (1, 2, 5)",
		"the external ids, e-mails and phones of workspaces are counted map": "INSERT INTO identity VALUES (1, 2, 'x', '', 1)",
		"names contact 9, which is not there":                                "INSERT INTO identity VALUES (1, 2, 'x', '', 9)",
		"are not those of the log":                                           "UPDATE change_count SET changes = 7",
		"are not counted":                                                    "DELETE FROM change_count",
		"the end of contact 9 is at log entry 2 instead of 0":                "INSERT INTO gone VALUES (1, 9, 2, 0, 0)",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := open(t, Options{})
			w := addWorkspace(t, r)
			err := r.Write(t.Context(), func(tx *Tx) error {
				id, err := addContact(tx, w)
				if err != nil {
					return err
				}
				h, err := tx.Load(w, id)
				if err != nil {
					return err
				}
				e := *configurationEntry(w, 1)
				e.Kind, e.Configuration = 1, nil
				if err := tx.Append(h, &e); err != nil {
					return err
				}
				return tx.Save(w, h)
			})
			if err != nil {
				t.Fatal(err)
			}
			if findings, err := r.Check(t.Context(), func(int64, int64) {}); err != nil || len(findings) > 0 {
				t.Fatalf("before the damage: %q, %v", findings, err)
			}
			if err := r.Write(t.Context(), func(tx *Tx) error { return tx.conn.execute(damage) }); err != nil {
				t.Fatal(err)
			}
			findings, err := r.Check(t.Context(), func(int64, int64) {})
			if err != nil || !strings.Contains(strings.Join(findings, "\n"), name) {
				t.Errorf("findings %q, %v", findings, err)
			}
		})
	}
}
