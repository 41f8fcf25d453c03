package org.berth.web.certificates;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.berth.certificates.CertificateView;
import org.berth.certificates.Certificates;
import org.berth.certificates.Revocation;
import org.berth.certificates.RevokeReason;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.web.frame.Address;
import org.berth.web.frame.ConfirmBox;
import org.berth.web.frame.Redirect;
import org.berth.web.security.CurrentActor;
import org.omnifaces.util.Faces;

/** What else can be done with the certificate that visitors get. */
@Named
@RequestScoped
public class SiteCertificateMoreBacking {

    private static final String ORDER = "order";

    @Inject
    private CurrentActor current;

    @Inject
    private Address address;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Clock clock;

    @Inject
    private Certificates certificates;

    @Inject
    private ConfirmBox confirm;

    private String reason = RevokeReason.UNSPECIFIED.text();
    private String next = ORDER;

    /** Whether its authority can still declare it void. */
    public boolean isRevocable(CertificateView certificate) {
        return certificate != null && certificate.isRevocable(clock.instant());
    }

    /** Number of the certificate that somebody looked at and wants to have declared void, empty before a button names it. */
    public String getRevoked() {
        return sent("revoked");
    }

    /** As the API writes them. */
    public List<String> getReasons() {
        return Stream.of(RevokeReason.values()).map(RevokeReason::text).toList();
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getNext() {
        return next;
    }

    public void setNext(String next) {
        this.next = next;
    }

    /** Starts the job that has it declared void, whatever visitors get by now. */
    public String revoke() {
        var wish = new Revocation(
                Optional.of(number("revoked")), RevokeReason.of(reason), ORDER.equals(next), confirm.isTicked());
        return Redirect.to("/jobs/"
                + certificates.revoke(current.actor(), address.getItem(), wish).id());
    }

    /** The first one comes by itself from now on. */
    public String await() {
        certificates.await(current.actor(), address.getItem());
        return again();
    }

    /** None comes by itself from now on. */
    public String decline() {
        certificates.decline(current.actor(), address.getItem());
        return again();
    }

    private String again() {
        return Redirect.to("/sites/" + address.getItem() + "/certificate");
    }

    /** Starts the job that looks. */
    public String check() {
        return Redirect.to("/jobs/"
                + certificates.check(current.actor(), address.getItem()).id());
    }

    /** Starts the job that installs the one of before, if it is still the one that the page named. */
    public String goBack() {
        return Redirect.to("/jobs/"
                + certificates
                        .goBack(current.actor(), address.getItem(), Optional.of(number("before")), confirm.isTicked())
                        .id());
    }

    /** Starts the job that installs one that was signed by itself. */
    public String withdraw() {
        return Redirect.to("/jobs/"
                + certificates
                        .withdraw(current.actor(), address.getItem(), confirm.isTicked())
                        .id());
    }

    private String sent(String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }

    private int number(String name) {
        var sent = sent(name);
        if (!sent.matches("[0-9]{1,9}")) {
            throw new InvalidInput(Problem.of("number-malformed", name, sent).at(name));
        }
        return Integer.parseInt(sent);
    }

    /** Sends the chain as a file. */
    public void download() throws IOException {
        var actor = current.actor();
        var pem = certificates.chain(actor, address.getItem(), Optional.empty());
        var name = certificates.find(actor, address.getItem()).siteName() + ".pem";
        Faces.sendFile(pem.getBytes(StandardCharsets.US_ASCII), name, true);
    }
}
