package journal

import (
	"encoding/binary"
	"errors"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// ErrPacked says that a packed entry or chain cannot be read.
var ErrPacked = errors.New("journal: packed entries are damaged")

// AppendPacked writes what reports are made of an entry: no notes, no actors, no
// values before, no merges. Contact and seq stand beside it.
func AppendPacked(b []byte, e *Entry) []byte {
	b = append(b, byte(e.Kind))
	b = binary.AppendVarint(b, int64(e.At))
	b = binary.AppendVarint(b, e.Import)
	switch e.Kind {
	case KindChange:
		b = binary.AppendUvarint(b, uint64(e.Stage))
		return append(b, flag(e.Silent))
	case KindTouch:
		return packUTM(packSource(packText(b, string(e.Touch.Kind)), e.Touch.Source), e.Touch.UTM)
	case KindView:
		return packView(b, e.View)
	case KindIdentify, KindErasure:
		return packIdentify(b, e.Identify)
	case KindRevenue:
		return packRevenue(b, e.Revenue)
	}
	b = binary.AppendVarint(b, int64(e.Arrived))
	return packEdit(b, e.Edit)
}

// Packs reports whether a packed entry says all that reports are made of.
func (e *Entry) Packs() bool {
	switch e.Kind {
	case KindChange, KindContact, KindTouch, KindView, KindIdentify, KindRevenue:
		return true
	}
	return false
}

// packView leaves out what visits do not depend on.
func packView(b []byte, v *View) []byte {
	b = packText(packText(packText(b, v.ID), v.Page), v.Referrer)
	b = packText(packText(b, v.Device), v.Country)
	b = packUTM(packSource(b, v.Arrival.Source), v.Arrival.UTM)
	return append(packText(b, v.Arrival.Origin), flag(v.Arrival.Inside))
}

func packIdentify(b []byte, i *Identify) []byte {
	if i == nil {
		i = &Identify{}
	}
	return binary.AppendVarint(binary.AppendVarint(b, int64(i.Visitor)), int64(i.Contact))
}

func packRevenue(b []byte, r *Revenue) []byte {
	b = binary.AppendVarint(packText(b, r.ID), r.Amount)
	return append(packText(packText(b, r.Currency), r.RefundOf), flag(r.Refund))
}

func packUTM(b []byte, u touch.UTM) []byte {
	for _, text := range u.Values() {
		b = packText(b, text)
	}
	return b
}

func packEdit(b []byte, e *ContactEdit) []byte {
	if e == nil {
		e = &ContactEdit{}
	}
	b = packText(b, e.CreatedBy)
	b = binary.AppendVarint(b, int64(e.CreatedAt))
	b = append(b, flag(e.Source != nil))
	if e.Source != nil {
		b = packSource(b, e.Source.To)
	}
	b = binary.AppendUvarint(b, uint64(len(e.Fields)))
	for name, f := range e.Fields {
		b = packText(packText(b, name), string(f.To))
	}
	return b
}

func packSource(b []byte, s touch.Source) []byte {
	for _, text := range s.Values() {
		b = packText(b, text)
	}
	return b
}

func packText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func flag(v bool) byte {
	if v {
		return 1
	}
	return 0
}

// Unpack is the reverse of AppendPacked. The texts of the entry are parts of the
// packed one.
func Unpack(contact ContactID, seq int64, packed string) (Entry, error) {
	r := unpacker{rest: packed}
	e := Entry{Contact: contact, Seq: seq, Kind: Kind(r.byte())}
	e.At = lifecycle.Millis(r.varint())
	e.Import = r.varint()
	switch e.Kind {
	case KindChange:
		e.Stage = lifecycle.StageID(r.uvarint())
		e.Silent = r.byte() == 1
	case KindTouch:
		e.Touch = &Touch{Kind: touch.Kind(r.text()), Source: r.source(), UTM: r.utm()}
	case KindView:
		e.View = r.view()
	case KindIdentify, KindErasure:
		e.Identify = r.identify()
	case KindRevenue:
		e.Revenue = &Revenue{ID: r.text(), Amount: r.varint(), Currency: r.text(), RefundOf: r.text(), Refund: r.byte() == 1}
	default:
		e.Arrived = lifecycle.Millis(r.varint())
		e.Edit = r.edit()
	}
	if r.bad || r.rest != "" {
		return Entry{}, ErrPacked
	}
	return e, nil
}

type unpacker struct {
	rest string
	bad  bool
}

func (r *unpacker) edit() *ContactEdit {
	e := &ContactEdit{CreatedBy: r.text(), CreatedAt: lifecycle.Millis(r.varint())}
	if r.byte() == 1 {
		e.Source = &SourceEdit{To: r.source()}
	}
	count := r.uvarint()
	if count > uint64(len(r.rest)) {
		r.bad = true
		return e
	}
	if count > 0 {
		e.Fields = make(map[string]FieldEdit, count)
	}
	for range count {
		name := r.text()
		e.Fields[name] = FieldEdit{To: []byte(r.text())}
	}
	return e
}

func (r *unpacker) view() *View {
	v := &View{ID: r.text(), Page: r.text(), Referrer: r.text(), Device: r.text(), Country: r.text()}
	v.Arrival = touch.Arrival{Source: r.source(), UTM: r.utm(), Origin: r.text(), Inside: r.byte() == 1}
	return v
}

// identify is nil of an erasure that is one of everything.
func (r *unpacker) identify() *Identify {
	i := Identify{Visitor: ContactID(r.varint()), Contact: ContactID(r.varint())}
	if i == (Identify{}) {
		return nil
	}
	return &i
}

func (r *unpacker) source() touch.Source { return touch.SourceOf(r.eight()) }

func (r *unpacker) utm() touch.UTM { return touch.UTMOf(r.eight()) }

func (r *unpacker) eight() (values [8]string) {
	for i := range values {
		values[i] = r.text()
	}
	return values
}

func (r *unpacker) byte() byte {
	if r.rest == "" {
		r.bad = true
		return 0
	}
	v := r.rest[0]
	r.rest = r.rest[1:]
	return v
}

func (r *unpacker) varint() int64 {
	v, n := binary.Varint([]byte(r.head()))
	return v + r.skip(n)
}

func (r *unpacker) uvarint() uint64 {
	v, n := binary.Uvarint([]byte(r.head()))
	return v + uint64(r.skip(n))
}

// head is as much as a number may have.
func (r *unpacker) head() string { return r.rest[:min(len(r.rest), binary.MaxVarintLen64)] }

// skip moves over n bytes; it returns 0.
func (r *unpacker) skip(n int) int64 {
	if n <= 0 {
		r.bad, r.rest = true, ""
		return 0
	}
	r.rest = r.rest[n:]
	return 0
}

func (r *unpacker) text() string {
	size := r.uvarint()
	if size > uint64(len(r.rest)) {
		r.bad, r.rest = true, ""
		return ""
	}
	text := r.rest[:size]
	r.rest = r.rest[size:]
	return text
}

// PackChain packs the entries of one contact. It returns nil of chains that are
// longer than a limit in bytes, and of those that can only be read whole: with
// merges, and of contacts that visitors turned out to be.
func PackChain(entries []Entry, limit int) []byte {
	if len(entries) == 0 {
		return nil
	}
	return PackMore(make([]byte, 0, packedBytes*len(entries)), entries, limit)
}

// packedBytes is about the size of a packed stage change.
const packedBytes = 24

// PackMore packs entries behind those of the same contact that are packed.
func PackMore(packed []byte, entries []Entry, limit int) []byte {
	var one []byte
	for i := range entries {
		e := &entries[i]
		if !standsAlone(e) {
			return nil
		}
		one = AppendPacked(one[:0], e)
		packed = binary.AppendVarint(packed, e.Seq)
		packed = binary.AppendUvarint(packed, uint64(len(one)))
		if packed = append(packed, one...); len(packed) > limit {
			return nil
		}
	}
	return packed
}

// standsAlone reports whether an entry changes nothing in how others are read,
// and asks for none of another chain.
func standsAlone(e *Entry) bool {
	switch e.Kind {
	case KindMerge, KindErasure, KindWithdrawal:
		return false
	}
	return e.Visitor() == 0
}

// UnpackChain is the reverse of PackChain.
func UnpackChain(c ContactID, packed string) ([]Entry, error) {
	r := unpacker{rest: packed}
	var entries []Entry
	for r.rest != "" {
		seq, body := r.varint(), r.text()
		if r.bad {
			return nil, ErrPacked
		}
		e, err := Unpack(c, seq, body)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}
