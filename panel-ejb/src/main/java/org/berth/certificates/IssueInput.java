package org.berth.certificates;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.security.Secrets;

/** What a job that gets a certificate is asked for, as the JSON that is stored with it. */
final class IssueInput {

    private static final String DNS_ACCESS = "dnsAccess";
    private static final String LINEAGE = "lineage";

    private static final String WITHOUT = "without";
    private static final String TRIED = "tried";
    private static final String LEFT_OUT = "leftOut";
    private static final String WILDCARDS = "wildcards";
    private static final String DRY_RUN = "dryRun";
    private static final String UNTRUSTED = "untrusted";
    private static final String DUE = "due";

    private IssueInput() {}

    /**
     * Of a job that gets one.
     *
     * @param without names of the site that the clock leaves out this time
     */
    static JsonObject of(Certificate certificate, SiteCertificate wish, List<String> without) {
        var input = Json.createObjectBuilder();
        wish.dnsAccess().ifPresent(access -> input.add(DNS_ACCESS, access));
        return input.add("certificate", certificate.number())
                .add("names", Json.createArrayBuilder(certificate.names()))
                .add(WITHOUT, Json.createArrayBuilder(without))
                .add("issued", certificate.isIssued())
                .add("token", Secrets.token())
                .build();
    }

    /** Of a job that gets one by another choice than what renews well, which that replaces only once visitors get it. */
    static JsonObject ofTrial(Certificate certificate, SiteCertificate wish) {
        return Json.createObjectBuilder(of(certificate, wish, List.of()))
                .add(
                        TRIED,
                        Json.createObjectBuilder()
                                .add(LEFT_OUT, Json.createArrayBuilder(wish.leftOut()))
                                .add(WILDCARDS, Json.createArrayBuilder(wish.wildcards())))
                .build();
    }

    /** The same with what was said beside the choice. */
    static JsonObject asked(JsonObject input, boolean dryRun, boolean untrusted) {
        return Json.createObjectBuilder(input)
                .add(DRY_RUN, dryRun)
                .add(UNTRUSTED, untrusted)
                .build();
    }

    /** The same with when the clock was to see to the site if a person had not asked meanwhile. */
    static JsonObject dueAt(JsonObject input, Optional<Instant> due) {
        var known = Json.createObjectBuilder(input);
        due.ifPresent(then -> known.add(DUE, then.toString()));
        return known.build();
    }

    /** When the clock was to see to the site if a person had not asked meanwhile; empty if it was not to. */
    static Optional<Instant> due(JsonObject input) {
        return Optional.ofNullable(input.getString(DUE, null)).map(Instant::parse);
    }

    /** Whether visitors keep what they have. */
    static boolean isDryRun(JsonObject input) {
        return input.getBoolean(DRY_RUN, false);
    }

    /** Whether visitors get it also if browsers trust what they have, and not this one. */
    static boolean isUntrusted(JsonObject input) {
        return input.getBoolean(UNTRUSTED, false);
    }

    /** Whether it gets one by another choice than what renews well. */
    static boolean isTrial(JsonObject input) {
        return input.containsKey(TRIED);
    }

    /** That choice. */
    static CertificateChoice tried(JsonObject input, Certificate certificate) {
        var tried = input.getJsonObject(TRIED);
        return new CertificateChoice(
                certificate.directoryId(),
                certificate.keyType(),
                texts(tried, LEFT_OUT),
                input.containsKey(DNS_ACCESS) ? Optional.of(dnsAccess(input)) : Optional.empty(),
                texts(tried, WILDCARDS));
    }

    private static List<String> texts(JsonObject object, String key) {
        return object.getJsonArray(key).getValuesAs(JsonString::getString);
    }

    /** Of a job that only looks at names. */
    static JsonObject ofNames(List<String> names) {
        return Json.createObjectBuilder()
                .add("names", Json.createArrayBuilder(names))
                .add("token", Secrets.token())
                .build();
    }

    /** Of a job that is about a certificate which is issued already. */
    static JsonObject numberOf(Certificate certificate) {
        return Json.createObjectBuilder()
                .add("certificate", certificate.number())
                .build();
    }

    /** Of a job that takes over what is in a folder of this host. */
    static JsonObject ofLineage(Certificate certificate, Lineage lineage) {
        return Json.createObjectBuilder(numberOf(certificate))
                .add(LINEAGE, lineage.folder())
                .build();
    }

    /** The folder with the key, if the certificate is taken over. */
    static Optional<String> lineage(JsonObject input) {
        return Optional.ofNullable(input.getString(LINEAGE, null));
    }

    static int number(JsonObject input) {
        return input.getInt("certificate");
    }

    static List<String> names(JsonObject input) {
        return texts(input, "names");
    }

    /** Names of the site that the clock has left out this time. */
    static List<String> without(JsonObject input) {
        return input.containsKey(WITHOUT) ? texts(input, WITHOUT) : List.of();
    }

    /** How the names are proven. */
    static ChallengeKind challenge(JsonObject input) {
        return input.containsKey(DNS_ACCESS) ? ChallengeKind.DNS_01 : ChallengeKind.HTTP_01;
    }

    /** The way by which records are written, with {@link ChallengeKind#DNS_01}. */
    static long dnsAccess(JsonObject input) {
        return input.getJsonNumber(DNS_ACCESS).longValueExact();
    }

    /** Whether it only has to be installed. */
    static boolean isIssued(JsonObject input) {
        return input.getBoolean("issued");
    }

    /** File name by which the host proves, before anybody else is asked, that names lead to it; has the form of an authority's. */
    static String token(JsonObject input) {
        return input.getString("token");
    }

    /** What that file holds. A thumbprint has the same form as the token. */
    static String content(JsonObject input) {
        return token(input) + "." + token(input);
    }
}
