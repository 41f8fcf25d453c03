package org.berth.web.frame;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.component.ActionSource2;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ActionEvent;
import jakarta.faces.event.ActionListener;

/**
 * Runs the actions of pages. A failure that Berth expects keeps the page with what was typed and shows the problem
 * there; any other is a bug and goes its way.
 */
public class ProblemActionListener implements ActionListener {

    private final ActionListener wrapped;

    public ProblemActionListener(ActionListener wrapped) {
        this.wrapped = wrapped;
    }

    @Override
    public void processAction(ActionEvent event) {
        try {
            wrapped.processAction(event);
        } catch (RuntimeException failure) {
            var refusal = Refusal.of(failure).orElseThrow(() -> failure);
            CDI.current().select(Wrongs.class).get().add(refusal);
            CDI.current().select(PageRefusals.class).get().add(refusal);
            if (event.getComponent() instanceof ActionSource2) {
                FacesContext.getCurrentInstance().renderResponse();
            }
        }
    }
}
