package main

import (
	"context"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/tidemark/tidemark/workspace"
)

// gauges tells Prometheus how far reports and destinations are behind the log.
type gauges struct {
	app  *App
	head *prometheus.Desc
	seen *prometheus.Desc
	size *prometheus.Desc
	told *prometheus.Desc
}

func newGauges(a *App) *gauges {
	labels := []string{"workspace"}
	return &gauges{
		app:  a,
		head: prometheus.NewDesc("tidemark_log_seq", "The last entry of the log.", labels, nil),
		seen: prometheus.NewDesc("tidemark_report_seq", "The last entry that reports include.", labels, nil),
		size: prometheus.NewDesc("tidemark_engine_bytes", "Size of the report engine's file.", nil, nil),
		told: prometheus.NewDesc("tidemark_destination_events", "Events that wait to be told to destinations, or that nobody tries to tell any more.", []string{"workspace", "state"}, nil),
	}
}

// Describe implements prometheus.Collector.
func (g *gauges) Describe(out chan<- *prometheus.Desc) {
	out <- g.head
	out <- g.seen
	out <- g.size
	out <- g.told
}

// Collect implements prometheus.Collector.
func (g *gauges) Collect(out chan<- prometheus.Metric) {
	ctx := context.Background()
	out <- prometheus.MustNewConstMetric(g.size, prometheus.GaugeValue, float64(g.app.engine.Size()))
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
