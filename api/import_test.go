package api_test

import (
	"bytes"
	"mime/multipart"
	"strings"
	"testing"
	"time"
)

// form makes the body of an import.
func form(t *testing.T, file string, fields map[string]string) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "leads.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(file)); err != nil {
		t.Fatal(err)
	}
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

func (o *office) importing(t *testing.T, name, file string, fields map[string]string, status int, has ...string) scenario {
	t.Helper()
	body, contentType := form(t, file, fields)
	return scenario{name: name, path: "/v1/imports", body: body, header: map[string]string{"Content-Type": contentType}, status: status, has: has}
}

const leads = "Email;Stage;When\nada@example.com;New;2026-03-01\nben@example.com;Won;2026-03-02\nnobody;New;not a day\n"

const leadMapping = `{"Email":{"field":"email"},"Stage":{"field":"stage","values":{"New":"new_lead","Won":"customer"},"at_column":"When"}}`

func TestImport(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	start := o.importing(t, "start", leads, map[string]string{"mapping": leadMapping}, 200)
	// As curl -F mapping=@file sends it.
	start.body = strings.Replace(start.body, `name="mapping"`, `name="mapping"; filename="mapping.json"`, 1)
	started := o.do(t, start)
	if started.status != 200 {
		t.Fatal(started.text())
	}
	path := "/v1/imports/" + field(t, started.body, "id")
	deadline := time.Now().Add(20 * time.Second)
	for field(t, o.do(t, scenario{path: path}).body, "state") == "running" {
		if time.Now().After(deadline) {
			t.Fatal("the import does not end")
		}
		time.Sleep(10 * time.Millisecond)
	}
	o.play(t,
		scenario{name: "done", path: path, status: 200, has: []string{`"state":"done"`, `"mode":"history"`, `"created":2`, `"moved":2`, `"rejected":1`, `"rows_done":3`}},
		scenario{name: "rejected rows", path: path + "/rejected.csv", status: 200, has: []string{"text/csv", "attachment", "line,column,reason", "nobody"}},
		scenario{name: "listed", path: "/v1/imports", status: 200, has: []string{`"items":[{"id":"imp_`}},
		scenario{name: "a journey of its own", path: "/v1/contacts/email:ben@example.com/journeys", status: 200, has: []string{`"outcome":"won"`}},
		scenario{name: "unknown", path: "/v1/imports/imp_99", status: 404, has: []string{"import_not_found"}},
		scenario{name: "later changes", path: path + "/changes", status: 200, has: []string{`"items":[]`}},
		scenario{name: "a later change", path: "/v1/contacts/email:ada@example.com/stage", body: `{"stage":"hot_lead"}`, status: 200},
		scenario{name: "and how it counted", path: path + "/changes?limit=1", status: 200, has: []string{`"recorded":true`, `"key":"hot_lead"`, `"next":null`}},
		scenario{name: "a bad cursor", path: path + "/changes?cursor=x!", status: 422, has: []string{"query.cursor"}},
		scenario{name: "a limit too high", path: path + "/changes?limit=999", status: 422},
		scenario{name: "changes of an unknown one", path: "/v1/imports/imp_99/changes", status: 404, has: []string{"import_not_found"}},
		scenario{name: "undo needs the scope", method: "POST", path: path + "/undo", key: "read", status: 403},
		scenario{name: "undo", method: "POST", path: path + "/undo", status: 200, has: []string{`"undo":{`, `"contacts_total":2`, `"can_undo":false`}},
		scenario{name: "undo again", method: "POST", path: path + "/undo", status: 409, has: []string{"already_undone"}},
		scenario{name: "undo an unknown one", method: "POST", path: "/v1/imports/imp_99/undo", status: 404, has: []string{"import_not_found"}},
		scenario{name: "rejected rows of an unknown one", path: "/v1/imports/imp_99/rejected.csv", status: 404, lacks: []string{"attachment"}},
	)
}

func TestImportsThatCannotStart(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	mapping := map[string]string{"mapping": leadMapping}
	o.play(t,
		o.importing(t, "no mapping", leads, nil, 422, "mapping"),
		scenario{
			name: "mapping twice", path: "/v1/imports", status: 422, has: []string{"body.mapping"}, header: map[string]string{"Content-Type": "multipart/form-data; boundary=x"},
			body: "--x\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n{}\r\n--x\r\nContent-Disposition: form-data; name=\"mapping\"; filename=\"m\"\r\n\r\n{}\r\n--x--\r\n",
		},
		o.importing(t, "mapping is no JSON", leads, map[string]string{"mapping": "{"}, 422, "mapping"),
		o.importing(t, "unknown mode", leads, map[string]string{"mapping": leadMapping, "mode": "magic"}, 422, "mode"),
		o.importing(t, "unknown field of the form", leads, map[string]string{"mapping": leadMapping, "colour": "red"}, 422, "body.colour"),
		o.importing(t, "dry run is no boolean", leads, map[string]string{"mapping": leadMapping, "dry_run": "perhaps"}, 422, "body.dry_run"),
		o.importing(t, "unknown stage", leads, map[string]string{"mapping": strings.Replace(leadMapping, "customer", "nowhere", 1)}, 422, "nowhere"),
		o.importing(t, "column that is not there", leads, map[string]string{"mapping": `{"Mail":{"field":"email"}}`}, 422, "Mail"),
		o.importing(t, "empty file", "", mapping, 422),
		o.importing(t, "doubled header", "Email,Email\na@example.com,b\n", mapping, 422, "Email"),
		scenario{name: "no form", path: "/v1/imports", body: `{}`, status: 415},
		scenario{name: "cut off", path: "/v1/imports", body: "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nEmail\na@", header: map[string]string{"Content-Type": "multipart/form-data; boundary=x"}, status: 400},
		scenario{name: "nothing was imported", path: "/v1/imports", status: 200, has: []string{`"items":[]`}},
	)
	body, contentType := form(t, leads, mapping)
	without := strings.Replace(body, `name="file"`, `name="data"`, 1)
	o.play(t, scenario{name: "no file", path: "/v1/imports", body: without, header: map[string]string{"Content-Type": contentType}, status: 422, has: []string{"body.file"}})
}
