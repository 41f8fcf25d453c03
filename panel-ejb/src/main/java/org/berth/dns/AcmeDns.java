package org.berth.dns;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;

/**
 * acme-dns, by its API (https://github.com/joohoi/acme-dns). An account there has one name with the two newest values that it
 * was told; nothing is ever removed, the next ones take their place.
 */
final class AcmeDns implements DnsProvider {

    static final int MOST_VALUES = 2;

    private static final String FULL_DOMAIN = "fulldomain";

    private final DnsApi api;
    private final JsonObject account;

    AcmeDns(URI base, String account) {
        try (var reader = Json.createReader(new StringReader(account))) {
            this.account = reader.readObject();
        }
        api = new DnsApi(
                base,
                Map.of(
                        "X-Api-User", this.account.getString("username"),
                        "X-Api-Key", this.account.getString("password")));
    }

    /** Makes an account there; what comes back is all of it, and secret. */
    static String register(URI base) {
        var api = new DnsApi(base, Map.of());
        var answer = api.ask("POST", "/register", JsonObject.EMPTY_JSON_OBJECT);
        var account = api.require("/register", answer);
        if (!isWhole(account)) {
            // Without what it said, since that may have a password.
            throw api.refused("/register", new DnsApi.Answer(answer.status(), JsonObject.EMPTY_JSON_OBJECT));
        }
        return account.toString();
    }

    /** Where a CNAME has to lead, of what {@link #register} gave. */
    static String domain(String account) {
        try (var reader = Json.createReader(new StringReader(account))) {
            return domain(reader.readObject());
        }
    }

    /** It writes its own part as its configuration has it. */
    private static String domain(JsonObject account) {
        return account.getString(FULL_DOMAIN, "").toLowerCase(Locale.ROOT);
    }

    private static boolean isWhole(JsonObject account) {
        return TxtRecord.isName(domain(account))
                && Stream.of("username", "password", "subdomain")
                        .noneMatch(part -> account.getString(part, "").isEmpty());
    }

    @Override
    public void present(TxtRecord record) {
        if (!record.name().equals(domain(account))) {
            throw new Conflict(Problem.of("dns-outside", record.name(), domain(account)));
        }
        var update = Json.createObjectBuilder()
                .add("subdomain", account.getString("subdomain"))
                .add("txt", record.value())
                .build();
        api.require(record.name(), api.ask("POST", "/update", update));
    }

    @Override
    public void remove(TxtRecord record) {
        // It has no way to.
    }
}
