package main

import (
	"context"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/tidemark/tidemark/workspace"
)

// gauges tells Prometheus how far reports and destinations are behind the log,
// and how busy the readers of reports are.
type gauges struct {
	app  *App
	head *prometheus.Desc
	seen *prometheus.Desc
	size *prometheus.Desc
	told *prometheus.Desc

	readers, views, waited *prometheus.Desc
}

func newGauges(a *App) *gauges {
	labels := []string{"workspace"}
	return &gauges{
		app:  a,
		head: prometheus.NewDesc("tidemark_log_seq", "The last entry of the log.", labels, nil),
		seen: prometheus.NewDesc("tidemark_report_seq", "The last entry that reports include.", labels, nil),
		size: prometheus.NewDesc("tidemark_engine_bytes", "Size of the report engine's file.", nil, nil),
		told: prometheus.NewDesc("tidemark_destination_events", "Events that wait to be told to destinations, or that nobody tries to tell any more.", []string{"workspace", "state"}, nil),

		readers: prometheus.NewDesc("tidemark_report_readers", "Reports that are being read, or that wait for others to end.", []string{"state"}, nil),
		views:   prometheus.NewDesc("tidemark_report_views_total", "Reports that were read, or turned away because too many waited.", []string{"result"}, nil),
		waited:  prometheus.NewDesc("tidemark_report_wait_seconds_total", "How long those that were read had waited for others to end.", nil, nil),
	}
}

// Describe implements prometheus.Collector.
func (g *gauges) Describe(out chan<- *prometheus.Desc) {
	out <- g.head
	out <- g.seen
	out <- g.size
	out <- g.told
	out <- g.readers
	out <- g.views
	out <- g.waited
}

// Collect implements prometheus.Collector.
func (g *gauges) Collect(out chan<- prometheus.Metric) {
	ctx := context.Background()
	out <- prometheus.MustNewConstMetric(g.size, prometheus.GaugeValue, float64(g.app.engine.Size()))
	g.collectReaders(out)
	workspaces, err := g.app.record.Workspaces(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(g.head, err)
		return
	}
	for _, w := range workspaces {
		name := strconv.FormatInt(int64(w), 10)
		if head, err := g.app.record.Head(ctx, w); err == nil {
			out <- prometheus.MustNewConstMetric(g.head, prometheus.GaugeValue, float64(head), name)
		}
		for _, state := range []workspace.DeliveryState{workspace.DeliveryWaiting, workspace.DeliveryFailed} {
			if n, err := g.app.record.CountDeliveries(ctx, w, state); err == nil {
				out <- prometheus.MustNewConstMetric(g.told, prometheus.GaugeValue, float64(n), name, string(state))
			}
		}
		position, _ := g.app.projector.Look(w)
		out <- prometheus.MustNewConstMetric(g.seen, prometheus.GaugeValue, float64(position.Seq), name)
	}
}

func (g *gauges) collectReaders(out chan<- prometheus.Metric) {
	busy := g.app.engine.Readers()
	out <- prometheus.MustNewConstMetric(g.readers, prometheus.GaugeValue, float64(busy.Reading), "reading")
	out <- prometheus.MustNewConstMetric(g.readers, prometheus.GaugeValue, float64(busy.Waiting), "waiting")
	out <- prometheus.MustNewConstMetric(g.views, prometheus.CounterValue, float64(busy.Admitted), "read")
	out <- prometheus.MustNewConstMetric(g.views, prometheus.CounterValue, float64(busy.Refused), "refused")
	out <- prometheus.MustNewConstMetric(g.waited, prometheus.CounterValue, busy.Waited.Seconds())
}
