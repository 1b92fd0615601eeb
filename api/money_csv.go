package api

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/fault"
)

const costsPath = "/v1/costs"

// isCostTable reports whether costs come as a table.
func isCostTable(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "text/csv" && r.Method == http.MethodPost && r.URL.Path == costsPath
}

// readCosts reads a table of costs as the JSON that it means.
func readCosts(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := readAll(w, r, maxBody, usualLimit)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	return costsJSON(body)
}

// costsJSON turns a table into a list of objects, named by its first row. Empty
// cells say nothing.
func costsJSON(table []byte) ([]byte, error) {
	if err := checkText(table, 0); err != nil {
		return nil, err
	}
	rows := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(table, []byte("\ufeff"))))
	names, err := rows.Read()
	if err != nil {
		return nil, fault.New(fault.Invalid, codeMalformed, "The table has no first row with the names of its columns.")
	}
	list := []map[string]any{}
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return json.Marshal(list)
		}
		if err != nil {
			return nil, fault.New(fault.Invalid, codeMalformed, "The table cannot be read: %s.", err)
		}
		item := map[string]any{}
		for i, cell := range cells {
			if cell = strings.TrimSpace(cell); cell != "" {
				item[strings.TrimSpace(names[i])] = costCell(names[i], cell)
			}
		}
		list = append(list, item)
	}
}

// costCell is a number in the columns that have numbers; what is none there is
// refused as a text would be.
func costCell(column, cell string) any {
	switch strings.TrimSpace(column) {
	case "amount", "clicks", "impressions":
		if n, err := strconv.ParseInt(cell, 10, 64); err == nil {
			return n
		}
	}
	return cell
}
