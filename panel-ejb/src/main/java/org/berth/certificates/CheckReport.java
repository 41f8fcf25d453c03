package org.berth.certificates;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.jobs.Json;

/** Writes and reads what is stored of a look at names and certificate. */
final class CheckReport {

    private static final String HERE = "here";
    private static final String DETOUR = "detour";

    private CheckReport() {}

    /**
     * What was found, as JSON.
     *
     * @param served what a handshake showed
     */
    static String write(Preflight.Found found, Optional<IssuedCertificate> served) {
        var names = jakarta.json.Json.createArrayBuilder();
        for (var answer : found.answers()) {
            var name = jakarta.json.Json.createObjectBuilder()
                    .add("name", answer.name())
                    .add("addresses", answer.addresses())
                    .add(DETOUR, answer.detour())
                    .add(
                            "covered",
                            served.filter(shown -> shown.isFor(answer.name())).isPresent());
            answer.fault().ifPresent(fault -> name.add("fault", fault));
            names.add(name);
        }
        var report = jakarta.json.Json.createObjectBuilder().add("names", names).add(HERE, found.here());
        served.ifPresent(shown -> report.add("chain", shown.pem()));
        return report.build().toString();
    }

    static CheckView read(String report, Instant at) {
        var all = Json.object(report);
        var names = all.getJsonArray("names").getValuesAs(JsonObject.class);
        var served = Optional.ofNullable(all.getString("chain", null)).map(IssuedCertificate::ofPem);
        return new CheckView(
                at,
                names.stream().map(CheckReport::name).toList(),
                new Preflight.Found(names.stream().map(CheckReport::answer).toList(), all.getString(HERE, "")).detour(),
                served.map(CheckReport::issuers).orElse(List.of()),
                served.map(IssuedCertificate::notAfter),
                served.flatMap(CertificateTrust::doubt));
    }

    private static CheckView.Name name(JsonObject name) {
        var answer = answer(name);
        return new CheckView.Name(
                answer.name(), answer.addresses(), answer.fault(), answer.detour(), name.getBoolean("covered"));
    }

    /** Reports of before say nothing of detours. */
    private static Preflight.Answer answer(JsonObject name) {
        return new Preflight.Answer(
                name.getString("name"),
                name.getString("addresses"),
                Optional.ofNullable(name.getString("fault", null)),
                name.getBoolean(DETOUR, false));
    }

    private static List<String> issuers(IssuedCertificate served) {
        return served.chain().stream()
                .map(one -> one.getIssuerX500Principal().getName())
                .toList();
    }
}
