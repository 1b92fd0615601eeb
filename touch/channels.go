package touch

// Channel is the value of Source.Source: what kind of place someone came from.
type Channel = string

// The channels: those of Google Analytics 4's default channel group, and two
// of our own: Paid ads, for ads that open a chat, and AI assistants.
const (
	PaidAds         Channel = "Paid ads"
	PaidSearch      Channel = "Paid search"
	PaidSocial      Channel = "Paid social"
	PaidVideo       Channel = "Paid video"
	PaidShopping    Channel = "Paid shopping"
	PaidOther       Channel = "Paid other"
	Display         Channel = "Display"
	CrossNetwork    Channel = "Cross-network"
	OrganicSearch   Channel = "Organic search"
	OrganicSocial   Channel = "Organic social"
	OrganicVideo    Channel = "Organic video"
	OrganicShopping Channel = "Organic shopping"
	AIAssistants    Channel = "AI assistants"
	Email           Channel = "Email"
	Referral        Channel = "Referral"
	Affiliates      Channel = "Affiliates"
	Audio           Channel = "Audio"
	SMS             Channel = "SMS"
	Push            Channel = "Push"
	Offline         Channel = "Offline"
	Direct          Channel = "Direct"
	Unassigned      Channel = "Unassigned"
)
