package api

import "net/http"

// addRoutes mounts everything that the server answers.
func (s *Server) addRoutes() {
	s.addSessionRoutes()
	s.addWorkspaceRoutes()
	s.addStageRoutes()
	s.addContactRoutes()
	s.addManyContactsRoutes()
	s.addWholeContactRoutes()
	s.addErasureRoutes()
	s.addSegmentRoutes()
	s.addViewRoutes()
	s.addListRoutes()
	s.addChangeRoutes()
	s.addTouchRoutes()
	s.addCollectRoutes()
	s.addMoneyRoutes()
	s.addScriptRoutes()
	s.addTrackingRoutes()
	s.addFormRoutes()
	s.addProviderRoutes()
	s.addImportRoutes()
	s.addLifecycleRoutes()
	s.addInsightRoutes()
	s.addSourceRoutes()
	s.addSitePageRoutes()
	s.addOpportunityRoutes()
	s.addChangesReportRoutes()
	s.addNoteRoutes()
	s.addReportRoutes()
	s.addShareRoutes()
	s.addAutomationRoutes()
	s.addDestinationRoutes()
	s.addEventRoutes()
	s.addAssistantRoutes()
	s.addKeyRoutes()
	s.addHealthRoutes()
	s.addDescriptionRoutes()

	s.mux.HandleFunc("/v1/", s.answering(s.unmatched))
	s.mux.HandleFunc(everything, s.answering(s.page))
}

// answering makes a handler of one that may fail.
func (s *Server) answering(handle rawHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := handle(w, r); err != nil {
			s.fail(w, r, err)
		}
	}
}
