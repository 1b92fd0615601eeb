package demo

import (
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// Keys of the stages. Those of the template `respond` keep theirs.
const (
	newLead    = "new_lead"
	hotLead    = "hot_lead"
	demoGiven  = "demo_given"
	proposal   = "proposal"
	payment    = "payment"
	customer   = "customer"
	evangelist = "evangelist"

	coldLead   = "cold_lead"
	noBudget   = "no_budget"
	competitor = "chose_competitor"
	noReply    = "no_reply"
	badFit     = "not_a_fit"
	churned    = "churned"

	partner = "partner"
)

// progress is the way to customer, in order.
var progress = []string{newLead, hotLead, demoGiven, proposal, payment}

var operator = journal.Actor{Kind: journal.ActorUser, ID: "demo", Name: "Sample data"}

// templateWords describes the stages that the template already has.
var templateWords = []workspace.EditStageInput{
	described(newLead, "🌱", "Wrote to us or signed up, nobody has talked to them yet."),
	described(hotLead, "🔥", "Answered a first call or message and has a need we can meet."),
	described(payment, "💳", "Said yes and got the order form."),
	described(customer, "⭐", "Paid the first invoice."),
	described(coldLead, "🧊", "Interest cooled down and nothing is planned."),
}

func described(key, emoji, description string) workspace.EditStageInput {
	return workspace.EditStageInput{Stage: key, Emoji: &emoji, Description: &description, Actor: operator}
}

func extraStages() []workspace.AddStageInput {
	third, fourth := 3, 4
	stages := []workspace.AddStageInput{
		{Key: demoGiven, Name: "Demo given", Emoji: "🖥️", Kind: lifecycle.Progress, Position: &third, Description: "Saw the product with us for half an hour."},
		{Key: proposal, Name: "Proposal", Emoji: "📄", Kind: lifecycle.Progress, Position: &fourth, Description: "Has a written offer."},
		{Key: evangelist, Name: "Evangelist", Emoji: "📣", Kind: lifecycle.Beyond, Description: "Recommended us to somebody who came."},
		{Key: noBudget, Name: "No budget", Emoji: "💸", Kind: lifecycle.Lost, Description: "Wants it, cannot pay for it this year."},
		{Key: competitor, Name: "Chose a competitor", Emoji: "🏁", Kind: lifecycle.Lost, Description: "Bought something else."},
		{Key: noReply, Name: "No reply", Emoji: "🔇", Kind: lifecycle.Lost, Description: "Five attempts without an answer."},
		{Key: badFit, Name: "Not a fit", Emoji: "🧩", Kind: lifecycle.Lost, Description: "Needs what we do not make."},
		{Key: churned, Name: "Churned", Emoji: "🚪", Kind: lifecycle.Lost, Description: "Was a customer and cancelled."},
		{Key: partner, Name: "Partner", Emoji: "🤝", Kind: lifecycle.Aside, Description: "Sells with us, not to us."},
	}
	for i := range stages {
		stages[i].Actor = operator
	}
	return stages
}
