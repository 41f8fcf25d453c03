package org.berth.web.dns;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.berth.dns.DnsAccessDraft;
import org.berth.dns.DnsAccessView;
import org.berth.dns.DnsKind;

/** What an administrator types about a way to write records. */
public class DnsForm {

    private final DnsKind kind;
    private String name = "";
    private String zones = "";
    private String server = "";
    private String account = "";
    private String algorithm = DnsAccessDraft.ALGORITHMS.get(0);
    private String secret = "";
    private boolean offered;

    DnsForm(DnsKind kind) {
        this.kind = kind;
    }

    DnsForm(DnsAccessView stored) {
        kind = stored.kind();
        name = stored.name();
        zones = String.join("\n", stored.zones());
        server = stored.server().orElse("");
        account = stored.account().orElse("");
        algorithm = stored.algorithm().orElse(algorithm);
        offered = stored.offered();
    }

    DnsAccessDraft draft() {
        return new DnsAccessDraft(
                name,
                kind,
                Stream.of(zones.split("[\\s,]+"))
                        .filter(zone -> !zone.isEmpty())
                        .toList(),
                Optional.of(server),
                Optional.of(account),
                Optional.of(algorithm),
                Optional.of(secret),
                offered);
    }

    /** Whether something has to be known of this kind. */
    public boolean needs(String setting) {
        return kind.needs(DnsKind.Setting.valueOf(setting));
    }

    /** As the API writes it. */
    public String getKind() {
        return kind.text();
    }

    public boolean isProvenLive() {
        return kind.isProvenLive();
    }

    public List<String> getAlgorithms() {
        return DnsAccessDraft.ALGORITHMS;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getZones() {
        return zones;
    }

    public void setZones(String zones) {
        this.zones = zones;
    }

    public String getServer() {
        return server;
    }

    public void setServer(String server) {
        this.server = server;
    }

    public String getAccount() {
        return account;
    }

    public void setAccount(String account) {
        this.account = account;
    }

    public String getAlgorithm() {
        return algorithm;
    }

    public void setAlgorithm(String algorithm) {
        this.algorithm = algorithm;
    }

    public String getSecret() {
        return secret;
    }

    public void setSecret(String secret) {
        this.secret = secret;
    }

    public boolean isOffered() {
        return offered;
    }

    public void setOffered(boolean offered) {
        this.offered = offered;
    }
}
