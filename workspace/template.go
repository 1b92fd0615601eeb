package workspace

import (
	"context"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// template is a ready-made set of stages with their entry definitions.
type template struct {
	name   string
	stages []lifecycle.Stage
}

// templates are what respond.io, HubSpot, Ruler and the AARRR school describe.
func templates() []template {
	return []template{
		{"respond", []lifecycle.Stage{
			{
				Key: "new_lead", Name: "New lead", Emoji: "🆕", Kind: lifecycle.Progress, Role: lifecycle.RoleLead,
				Description: "Wrote or called for the first time; nobody has checked yet whether there is a need.",
			},
			{
				Key: "hot_lead", Name: "Hot lead", Emoji: "🔥", Kind: lifecycle.Progress, Role: lifecycle.RoleHandOff,
				Description: "Has a need that we can meet and wants to talk; sales takes over.",
			},
			{
				Key: "payment", Name: "Payment", Emoji: "💵", Kind: lifecycle.Progress, Role: lifecycle.RoleOpportunity,
				Description: "Has agreed and got the offer or the invoice; the payment is awaited.",
			},
			{
				Key: "customer", Name: "Customer", Emoji: "🤩", Kind: lifecycle.Won,
				Description: "Has paid.",
			},
			{
				Key: "cold_lead", Name: "Cold lead", Emoji: "🧊", Kind: lifecycle.Lost,
				Description: "Does not answer any more, or said no.",
			},
		}},
		{"hubspot", []lifecycle.Stage{
			{
				Key: "subscriber", Name: "Subscriber", Emoji: "📰", Kind: lifecycle.Progress,
				Description: "Knows us and asked to hear more: signed up for the blog or the newsletter.",
			},
			{
				Key: "lead", Name: "Lead", Emoji: "🌱", Kind: lifecycle.Progress, Role: lifecycle.RoleLead,
				Description: "Showed interest beyond a subscription, for example by a form for an offer.",
			},
			{
				Key: "mql", Name: "Marketing qualified lead", Emoji: "🎯", Kind: lifecycle.Progress, Role: lifecycle.RoleMQL,
				Description: "Marketing found them likely to buy: the right kind of company or person, engaged with our campaigns.",
			},
			{
				Key: "sql", Name: "Sales qualified lead", Emoji: "📞", Kind: lifecycle.Progress, Role: lifecycle.RoleSQL,
				Description: "Sales accepted them as a potential customer and works on them.",
			},
			{
				Key: "opportunity", Name: "Opportunity", Emoji: "🤝", Kind: lifecycle.Progress, Role: lifecycle.RoleOpportunity,
				Description: "Has an open deal.",
			},
			{
				Key: "customer", Name: "Customer", Emoji: "🏆", Kind: lifecycle.Won,
				Description: "Has at least one deal that was won.",
			},
			{
				Key: "evangelist", Name: "Evangelist", Emoji: "📣", Kind: lifecycle.Beyond,
				Description: "A customer who speaks for us and brings others.",
			},
			{
				Key: "other", Name: "Other", Emoji: "📎", Kind: lifecycle.Aside,
				Description: "Fits none of the stages: partners, competitors, job seekers.",
			},
		}},
		{"ruler", []lifecycle.Stage{
			{
				Key: "lead", Name: "Lead", Emoji: "🌱", Kind: lifecycle.Progress, Role: lifecycle.RoleLead,
				Description: "Left a name: by form, call or live chat. The visits before are the anonymous step.",
			},
			{
				Key: "mql", Name: "Marketing qualified lead", Emoji: "🎯", Kind: lifecycle.Progress, Role: lifecycle.RoleMQL,
				Description: "Marketing found that they fit and are interested.",
			},
			{
				Key: "sql", Name: "Sales qualified lead", Emoji: "📞", Kind: lifecycle.Progress, Role: lifecycle.RoleSQL,
				Description: "Sales spoke with them and found a need and a budget.",
			},
			{
				Key: "opportunity", Name: "Opportunity", Emoji: "🤝", Kind: lifecycle.Progress, Role: lifecycle.RoleOpportunity,
				Description: "Has a quote or a proposal.",
			},
			{
				Key: "customer", Name: "Customer", Emoji: "🏆", Kind: lifecycle.Won,
				Description: "Bought.",
			},
			{
				Key: "advocate", Name: "Advocate", Emoji: "📣", Kind: lifecycle.Beyond,
				Description: "Recommends us to others.",
			},
		}},
		{"aarrr", []lifecycle.Stage{
			{
				Key: "acquisition", Name: "Acquisition", Emoji: "🧲", Kind: lifecycle.Progress, Role: lifecycle.RoleLead,
				Description: "Signed up.",
			},
			{
				Key: "activation", Name: "Activation", Emoji: "✨", Kind: lifecycle.Progress,
				Description: "Had the first good experience: did what the product is for.",
			},
			{
				Key: "retention", Name: "Retention", Emoji: "🔁", Kind: lifecycle.Progress, Role: lifecycle.RoleOpportunity,
				Description: "Came back and keeps using it.",
			},
			{
				Key: "revenue", Name: "Revenue", Emoji: "💰", Kind: lifecycle.Won,
				Description: "Pays.",
			},
			{
				Key: "referral", Name: "Referral", Emoji: "📣", Kind: lifecycle.Beyond,
				Description: "Brought someone else.",
			},
		}},
	}
}

func findTemplate(name string) (template, bool) {
	all := templates()
	i := slices.IndexFunc(all, func(t template) bool { return t.name == name })
	if i < 0 {
		return template{}, false
	}
	return all[i], true
}

// apply replaces the stages; ids are never given twice.
func (t template) apply(c *journal.Configuration) {
	c.Lifecycle.Stages = nil
	for _, s := range t.stages {
		s.ID, s.Edit = c.NextStage, c.Edit
		c.NextStage++
		c.Lifecycle.Stages = append(c.Lifecycle.Stages, s)
	}
}

// ApplyTemplate replaces the stages of a workspace in which no contact ever
// had a stage: a journey cannot be read without the stages that it went by.
func (s *Service) ApplyTemplate(ctx context.Context, w journal.WorkspaceID, in ApplyTemplateInput) (StagesOutput, error) {
	t, ok := findTemplate(in.Name)
	if !ok {
		var names []string
		for _, t := range templates() {
			names = append(names, t.name)
		}
		return StagesOutput{}, fault.At("body.name", "there is no template %s; the templates are %s", quote(in.Name), strings.Join(names, ", "))
	}
	edit := func(tx Tx, _ *Configured, next *journal.Configuration) error {
		moved, err := tx.HasChanges(w)
		if err != nil {
			return err
		}
		if moved {
			return fault.New(fault.Conflict, "workspace_has_journeys",
				"The workspace already has stage changes. Templates are for new workspaces; edit the stages one by one instead.")
		}
		if int(next.NextStage)+len(t.stages) > lifecycle.MaxStages {
			return errTooManyStages()
		}
		t.apply(next)
		return nil
	}
	return configureOnce(ctx, s, w, in.Actor, in.Once, edit, stagesOutput(w))
}

// stagesOutput answers with all stages.
func stagesOutput(w journal.WorkspaceID) func(Tx, *Configured) (StagesOutput, error) {
	return func(tx Tx, c *Configured) (StagesOutput, error) {
		counts, err := tx.StageCounts(w)
		return StagesOutput{Items: c.stageViews(counts, false), Seq: c.Seq}, err
	}
}
