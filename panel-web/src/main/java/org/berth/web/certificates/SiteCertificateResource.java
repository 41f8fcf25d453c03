package org.berth.web.certificates;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.berth.certificates.CertificateDraft;
import org.berth.certificates.CertificateUpload;
import org.berth.certificates.Certificates;
import org.berth.certificates.ChallengeKind;
import org.berth.certificates.FoundCertificates;
import org.berth.certificates.KeyType;
import org.berth.certificates.Revocation;
import org.berth.certificates.RevokeReason;
import org.berth.jobs.JobView;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.web.jobs.JobJson;
import org.berth.web.platform.Api;
import org.berth.web.platform.PageQuery;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The certificate of one site, or, as site {@code panel}, of the panel itself. */
@Path("sites/{site}/certificate")
@RequestScoped
@Tag(name = "certificates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SiteCertificateResource {

    private static final String STARTED = "The job that does it";
    private static final String ORDER = "order";
    private static final String ASKED =
            "What may lock visitors of a site with HSTS out needs confirmed, and what browsers do not trust in place of what they do";

    @Inject
    private Certificates certificates;

    @Inject
    private CurrentActor current;

    @Inject
    private FoundCertificates found;

    /**
     * A certificate to get; what is missing stays as it was chosen before, or is the usual.
     *
     * @param dryRun that it is only tried: what is issued is not given to visitors, and what was chosen before stays
     * @param confirmed that names of a site with HSTS, or its canonical name, are left out all the same, or that visitors get
     *     what browsers do not trust in place of what they do
     */
    public record Issue(
            Optional<String> authority,
            Optional<String> keyType,
            Optional<List<String>> leaveOut,
            Optional<String> challenge,
            Optional<String> dnsAccess,
            Optional<List<String>> wildcards,
            boolean dryRun,
            boolean confirmed) {

        CertificateDraft draft() {
            return new CertificateDraft(
                    authority,
                    keyType.map(KeyType::of),
                    leaveOut,
                    challenge.map(ChallengeKind::of),
                    dnsAccess,
                    wildcards,
                    dryRun,
                    confirmed);
        }
    }

    /**
     * A certificate of one's own; the key is never shown again, nor written to a log.
     *
     * @param confirmed that it is wanted though it may lock visitors of a site with HSTS out, or browsers trust what visitors get
     *     now and not this
     */
    public record Upload(String certificate, String key, boolean confirmed) {

        CertificateUpload upload() {
            return new CertificateUpload(certificate, key, confirmed);
        }

        @Override
        public String toString() {
            return "Upload";
        }
    }

    @GET
    @Operation(
            summary = "Show what a site has of certificates, and how it goes on",
            description = "For administrators also of the panel itself: it is called panel here and below")
    public SiteCertificateJson find(@PathParam("site") String site) {
        return SiteCertificateJson.of(certificates.find(current.actor(), site), current.locale());
    }

    @POST
    @Operation(
            summary = "Get a certificate",
            description =
                    "For all names of the site but those in leaveOut, proven by http-01, or by dns-01 with a dnsAccess;"
                            + " only so with wildcards such as *.example.com. The clock renews it from then on. A"
                            + " dryRun ends before visitors get it, as to see whether a staging authority issues. "
                            + ASKED
                            + ", and so does leaving out the canonical name")
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response issue(@PathParam("site") String site, @NotNull Issue wanted) {
        return accepted(certificates.issue(current.actor(), site, wanted.draft()));
    }

    /** Whether a site that has none of an authority gets its next one by itself. */
    public record Choice(@NotNull Boolean automatic) {}

    @PATCH
    @Operation(
            summary = "Choose whether the first certificate of a site comes by itself",
            description =
                    "For a site that has none. It comes as soon as the names lead here, if the default authority is there"
                            + " for all sites. A site that has one of its own may have false only, which gives up what"
                            + " was ordered beside it")
    public SiteCertificateJson choose(@PathParam("site") String site, @NotNull @Valid Choice wanted) {
        var actor = current.actor();
        return SiteCertificateJson.of(
                wanted.automatic() ? certificates.await(actor, site) : certificates.decline(actor, site),
                current.locale());
    }

    @POST
    @Path("renew")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Get the next certificate now, by what was chosen before")
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response renew(@PathParam("site") String site) {
        return accepted(certificates.renew(current.actor(), site));
    }

    @POST
    @Path("upload")
    @Operation(
            summary = "Use a certificate of one's own",
            description = "PEM in any order; the key may stand among the certificates and is not encrypted. It is not"
                    + " renewed by itself. What visitors may be warned of stands in doubt and uncovered afterwards. "
                    + ASKED)
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response upload(@PathParam("site") String site, @NotNull Upload upload) {
        return accepted(certificates.upload(current.actor(), site, upload.upload()));
    }

    /**
     * A certificate that certbot or acme.sh keeps on this host.
     *
     * @param lineage the folder that it is in; the usual is the one that suits the site best
     * @param confirmed that it is wanted though it may lock visitors of a site with HSTS out, or browsers trust what visitors get
     *     now and not this
     */
    public record Import(Optional<String> lineage, boolean confirmed) {}

    @POST
    @Path("import")
    @Operation(
            summary = "Take over a certificate that certbot or acme.sh keeps on this host",
            description =
                    "A copy: what renews it there changes nothing here. Its successor is ordered by itself from the"
                            + " default authority, if that is there. For administrators. " + ASKED)
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response takeOver(@PathParam("site") String site, @NotNull Import wanted) {
        return accepted(found.take(current.actor(), site, wanted.lineage(), wanted.confirmed()));
    }

    /**
     * A certificate to be declared void.
     *
     * @param certificate its number; the usual is the one that visitors get
     * @param reason {@code unspecified}, {@code key-compromise}, {@code affiliation-changed}, {@code superseded} or {@code
     *     cessation-of-operation}
     * @param next {@code order}: the clock orders another one at once; {@code self-signed}: the site signs its own
     * @param confirmed that self-signed is wanted though it locks visitors of a site with HSTS out
     */
    public record Revoke(
            Optional<Integer> certificate,
            @NotNull String reason,
            @NotNull String next,
            boolean confirmed) {

        Revocation revocation() {
            if (!ORDER.equals(next) && !"self-signed".equals(next)) {
                throw new InvalidInput(
                        Problem.of("certificate-revoke-next", next).at("next"));
            }
            return new Revocation(certificate, RevokeReason.of(reason), ORDER.equals(next), confirmed);
        }
    }

    /** A chain in PEM. */
    public record Chain(String pem) {}

    @POST
    @Path("revoke")
    @Operation(
            summary = "Have the authority declare a certificate void",
            description = "For good. Visitors get it until the next one is there (order), or at once one that the site"
                    + " signs itself (self-signed). What locks visitors of a site with HSTS out needs confirmed")
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response revoke(@PathParam("site") String site, @NotNull @Valid Revoke wanted) {
        return accepted(certificates.revoke(current.actor(), site, wanted.revocation()));
    }

    @POST
    @Path("check")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Look whether an order could succeed, and what visitors get",
            description = "Without an order. What was found stands in check afterwards")
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response check(@PathParam("site") String site) {
        return accepted(certificates.check(current.actor(), site));
    }

    /**
     * What may go with a change that needs no more than its address.
     *
     * @param confirmed that it is wanted though it may lock visitors of a site with HSTS out, or browsers trust what visitors get
     *     now and not this
     */
    public record Confirmation(boolean confirmed) {

        /** Whoever sends nothing confirms nothing. */
        static boolean isGiven(Confirmation sent) {
            return sent != null && sent.confirmed();
        }
    }

    /**
     * A wish to go back.
     *
     * @param certificate number of the certificate of before; when it is another one by now, nothing is changed
     * @param confirmed that it is wanted though it may lock visitors of a site with HSTS out, or browsers trust what visitors get
     *     now and not this
     */
    public record Return(Optional<Integer> certificate, boolean confirmed) {

        /** Whoever sends nothing names none and confirms nothing. */
        static Return of(Return sent) {
            return sent == null ? new Return(Optional.empty(), false) : sent;
        }
    }

    @POST
    @Path("back")
    @Operation(
            summary = "Have visitors get the certificate of before again",
            description = "With certificate, the number that stands in before, only if it is still that one. " + ASKED)
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response goBack(@PathParam("site") String site, Return sent) {
        var wanted = Return.of(sent);
        return accepted(certificates.goBack(current.actor(), site, wanted.certificate(), wanted.confirmed()));
    }

    @POST
    @Path("withdraw")
    @Operation(
            summary = "Have visitors get a self-signed certificate again",
            description =
                    "And none ordered by the clock. The one of now can be gone back to. For administrators. " + ASKED)
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response withdraw(@PathParam("site") String site, Confirmation sent) {
        return accepted(certificates.withdraw(current.actor(), site, Confirmation.isGiven(sent)));
    }

    @GET
    @Path("chain")
    @Operation(summary = "Show a certificate and those between it and its authority, in PEM")
    public Chain chain(
            @PathParam("site") String site,
            @Parameter(
                            description = "Its number; the usual is the one that visitors get",
                            schema = @Schema(implementation = Integer.class))
                    @QueryParam("certificate")
                    String certificate) {
        var number = Optional.ofNullable(certificate).map(text -> PageQuery.number("certificate", text));
        return new Chain(certificates.chain(current.actor(), site, number));
    }

    private Response accepted(JobView job) {
        return Response.accepted(JobJson.of(job, current.locale()))
                .location(URI.create(Api.PATH + "/jobs/" + job.id()))
                .build();
    }
}
