package org.berth.web.frame;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;

/** Sees to it that what Faces itself refuses, such as a choice that was not offered, is told in the audit log, too. */
public class UnofferedChoices implements PhaseListener {

    private static final long serialVersionUID = 1L;

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.PROCESS_VALIDATIONS;
    }

    @Override
    public void afterPhase(PhaseEvent event) {
        if (event.getFacesContext().isValidationFailed()) {
            var problems = CDI.current().select(Wrongs.class).get().unoffered();
            CDI.current().select(PageRefusals.class).get().add(problems);
        }
    }
}
