package org.berth.web.mail;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.berth.mail.MailAnswer;
import org.berth.mail.MailServerView;
import org.berth.mail.Mailing;
import org.berth.web.frame.Address;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** Where mail goes, for administrators. */
@Named
@RequestScoped
public class MailBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Address address;

    @Inject
    private Mailing mailing;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private Optional<MailServerView> server;
    private MailForm form;
    private List<MailAnswer> answers = List.of();

    public boolean isTab(String name) {
        return address.getTab().equals(name);
    }

    /** Whether a server was named; the first question, so that nobody else comes here. */
    public boolean isThere() {
        return server().isPresent();
    }

    public boolean isPasswordStored() {
        return server().filter(MailServerView::hasPassword).isPresent();
    }

    public MailForm getForm() {
        if (form == null) {
            form = server().map(MailForm::new).orElseGet(MailForm::new);
            if (request.getParameter("chosen") != null) {
                form.choose(request.getParameterValues("alarms"));
            }
        }
        return form;
    }

    /** What the server said to the test just now. */
    public List<MailAnswer> getAnswers() {
        return answers;
    }

    public String save() {
        mailing.update(current.actor(), getForm().draft());
        notices.tell(say.text("mail.saved"));
        return Redirect.to("/mail");
    }

    /** Sends the test, and shows the answers on the page that asked. */
    public String test() {
        answers = mailing.test(current.actor());
        return "";
    }

    /** Mails no more. */
    public String delete() {
        mailing.delete(current.actor());
        notices.tell(say.text("mail.deleted"));
        return Redirect.to("/mail");
    }

    private Optional<MailServerView> server() {
        if (server == null) {
            server = mailing.find(current.actor());
        }
        return server;
    }
}
