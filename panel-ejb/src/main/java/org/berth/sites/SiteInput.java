package org.berth.sites;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.berth.platform.DomainName;

/** What jobs on sites are asked for, as the JSON that is stored with them. */
final class SiteInput {

    private SiteInput() {}

    /** The wish of a create; also tells two requests with one idempotency key apart. */
    static JsonObject create(SiteDraft draft, SiteNames names, long owner, Optional<PhpVersion> php) {
        var json = Json.createObjectBuilder()
                .add("name", names.name().ascii())
                .add("type", draft.type().name())
                .add("database", draft.database())
                .add("owner", owner);
        add(json, names);
        php.ifPresent(version -> json.add("phpVersion", version.toString()));
        return json.build();
    }

    static JsonObject update(Optional<PhpVersion> php, Optional<SiteNames> names, Optional<TlsSettings> tls) {
        var json = Json.createObjectBuilder();
        php.ifPresent(version -> json.add("phpVersion", version.toString()));
        names.ifPresent(wished -> add(json, wished));
        tls.ifPresent(wished -> json.add("forceHttps", wished.forceHttps())
                .add("hsts", wished.hsts().text())
                .add("hstsTold", wished.hstsTold())
                .add("http3", wished.http3())
                .add("http3Told", wished.http3Told()));
        return json.build();
    }

    static JsonObject suspend(String reason) {
        return Json.createObjectBuilder().add("reason", reason).build();
    }

    /** What a purge has to remove. */
    static JsonObject purge(SiteType type, boolean database) {
        return Json.createObjectBuilder()
                .add("type", type.name())
                .add("database", database)
                .build();
    }

    /** Which parts of a site a job works on. */
    static JsonObject parts(SiteType type, Set<SitePart> parts) {
        return Json.createObjectBuilder()
                .add("type", type.name())
                .add(
                        "parts",
                        Json.createArrayBuilder(parts.stream().map(Enum::name).toList()))
                .build();
    }

    /** The same, in the order of making. */
    static Set<SitePart> parts(JsonObject input) {
        return input.getJsonArray("parts").getValuesAs(JsonString::getString).stream()
                .map(SitePart::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(SitePart.class)));
    }

    static Optional<PhpVersion> phpVersion(JsonObject input) {
        return Optional.ofNullable(input.getString("phpVersion", null)).map(PhpVersion::of);
    }

    static Optional<SiteNames> names(DomainName name, JsonObject input) {
        return Optional.ofNullable(input.getString("www", null))
                .map(www -> new SiteNames(name, WwwChoice.valueOf(www), aliases(input)));
    }

    static Optional<TlsSettings> tls(JsonObject input) {
        return Optional.ofNullable(input.getString("hsts", null))
                .map(hsts -> new TlsSettings(
                        input.getBoolean("forceHttps"),
                        Hsts.of(hsts),
                        input.getBoolean("hstsTold"),
                        input.getBoolean("http3", false),
                        input.getBoolean("http3Told", false)));
    }

    static String reason(JsonObject input) {
        return input.getString("reason");
    }

    static boolean hasPhp(JsonObject input) {
        return SiteType.PHP.name().equals(input.getString("type"));
    }

    static boolean hasDatabase(JsonObject input) {
        return input.getBoolean("database");
    }

    private static List<DomainName> aliases(JsonObject input) {
        return input.getJsonArray("aliases").getValuesAs(JsonString::getString).stream()
                .map(DomainName::new)
                .toList();
    }

    private static void add(JsonObjectBuilder json, SiteNames names) {
        json.add("www", names.www().name())
                .add(
                        "aliases",
                        Json.createArrayBuilder(
                                names.aliases().stream().map(DomainName::ascii).toList()));
    }
}
