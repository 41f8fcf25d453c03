package org.berth.web.mail;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.berth.mail.AlarmKind;
import org.berth.mail.MailAnswer;
import org.berth.mail.MailSecurity;
import org.berth.mail.MailServerDraft;
import org.berth.mail.Mailing;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.web.platform.PageQuery;
import org.berth.web.platform.Rows;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where mail goes, and how it fares. */
@Path("mail")
@RequestScoped
@Tag(name = "mail", description = "The server that alarms are mailed by, for administrators")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MailResource {

    @Inject
    private Mailing mailing;

    @Inject
    private CurrentActor current;

    /**
     * The server as it shall be.
     *
     * @param port the usual one of the protection when missing: 587, 465 with tls, 25 with none
     * @param security none, starttls or tls; starttls when missing
     * @param password missing keeps the one that is stored
     * @param language en or de, en when missing
     * @param alarms kinds that are mailed: certificates, services, space, jobs, other; all when missing
     */
    public record Server(
            @NotNull String host,
            Optional<Integer> port,
            Optional<String> security,
            Optional<String> login,
            Optional<String> password,
            Optional<String> roots,
            @NotNull String sender,
            @NotNull List<String> recipients,
            Optional<String> language,
            Optional<List<String>> alarms) {

        MailServerDraft draft() {
            var protection = security.map(MailSecurity::of).orElse(MailSecurity.STARTTLS);
            return new MailServerDraft(
                    host,
                    port.orElseGet(protection::usualPort),
                    protection,
                    login,
                    password,
                    roots,
                    sender,
                    recipients,
                    language.orElse("en"),
                    alarms.map(kinds -> kinds.stream().map(AlarmKind::of).toList())
                            .orElse(AlarmKind.ALL));
        }
    }

    /** What the server answered to each recipient. */
    public record Answers(List<MailAnswer> answers) {}

    @GET
    @Operation(summary = "Show the mail server; 404 as long as there is none")
    public MailServerJson find() {
        return mailing.find(current.actor())
                .map(MailServerJson::of)
                .orElseThrow(() -> new NotFound(Problem.of("mail-none")));
    }

    @PUT
    @Operation(summary = "Name the mail server", description = "What waits is tried at once")
    public MailServerJson update(@Valid @NotNull Server wanted) {
        return MailServerJson.of(mailing.update(current.actor(), wanted.draft()));
    }

    @DELETE
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Forget the mail server and what waits for it")
    public void delete() {
        mailing.delete(current.actor());
    }

    @POST
    @Path("test")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Send a mail to each recipient now, and tell what the server answers")
    public Answers test() {
        return new Answers(mailing.test(current.actor()));
    }

    @GET
    @Path("queue")
    @Operation(
            summary = "List mails, the newest first",
            description = "Sort: created, recipient, next. Filter: state (WAITING, SENT, FAILED)")
    public Rows<MailJson> queue(@BeanParam PageQuery page) {
        return Rows.of(mailing.queue(current.actor(), page.request()), mail -> MailJson.of(mail, current.locale()));
    }

    @POST
    @Path("queue/{id: [0-9]{1,18}}/retry")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Send a mail that failed or waits as soon as possible")
    public MailJson retry(@PathParam("id") long id) {
        return MailJson.of(mailing.retry(current.actor(), id), current.locale());
    }
}
