package org.berth.web.mail;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.berth.mail.MailView;
import org.berth.mail.Mailing;
import org.berth.platform.InvalidInput;
import org.berth.platform.Page;
import org.berth.platform.Problem;
import org.berth.web.frame.ListQuery;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** Mails that wait, were sent or failed, for administrators. */
@Named
@RequestScoped
public class MailQueueBacking {

    private static final String LIST = "/mail/queue";

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Mailing mailing;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private ListQuery query;
    private Page<MailView> page;

    @PostConstruct
    void init() {
        query = ListQuery.of(request, LIST, "state");
    }

    public ListQuery getQuery() {
        return query;
    }

    public Page<MailView> getPage() {
        if (page == null) {
            page = mailing.queue(current.actor(), query.request());
        }
        return page;
    }

    /** Sends the mail that the button names once more. */
    public String retry() {
        var id = Optional.ofNullable(request.getParameter("mail")).orElse("");
        if (!id.matches("[0-9]{1,18}")) {
            throw new InvalidInput(Problem.of("number-malformed", "mail", id).at("mail"));
        }
        mailing.retry(current.actor(), Long.parseLong(id));
        notices.tell(say.text("mail.retried"));
        return Redirect.to(LIST);
    }
}
