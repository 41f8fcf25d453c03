package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The berth command")
class CommandLineIT {

    @TempDir
    private Path folder;

    @Test
    void worksFromElsewhereWithATokenAndSeesWhatItsOwnerMaySee() throws IOException {
        var owner = People.owner("remote");
        var name = Fresh.siteName("remote");
        var created = fromElsewhere(owner, "site", "create", name, "--type", "static");
        assertThat(created.exit()).as(created.toString()).isZero();
        var list = fromElsewhere(owner, "site", "list").orFail().out();
        assertThat(list.lines()).hasSize(2).last().asString().contains(name).contains("active");
        assertThat(fromElsewhere(owner, "user", "create", Fresh.login("evil")).exit())
                .isEqualTo(6);
        assertThat(fromElsewhere(owner, "site", "info", Fresh.siteName("missing"))
                        .exit())
                .isEqualTo(3);
        assertThat(fromElsewhere(owner, "site", "create", name, "--type", "static")
                        .exit())
                .isEqualTo(4);
    }

    @Test
    void tellsAWrongTokenFromAWrongAddress() throws IOException {
        var nobody = new Person("nobody", "", "wrong-token");
        assertThat(fromElsewhere(nobody, "whoami").exit()).isEqualTo(6);
        var nowhere = LabHost.berthFromElsewhere("whoami", "--url", "https://" + LabHost.ip() + ":1")
                .in(Map.of("BERTH_TOKEN", "x"))
                .run();
        assertThat(nowhere.exit()).isEqualTo(7);
    }

    @Test
    void believesNoCertificateButTheOneItWasTold() {
        var untold = LabHost.berthFromElsewhere(
                        "whoami", "--url", LabHost.panel().toString())
                .in(Map.of("BERTH_TOKEN", "x"))
                .run();
        assertThat(untold.exit()).isEqualTo(7);
        assertThat(untold.err()).contains("--ca-file");
    }

    @Test
    void speaksGermanToThoseWhoDo() {
        var german = LabHost.program("env", "LANG=de_DE.UTF-8", "berth", "site", "info", Fresh.siteName("missing"))
                .run();
        var english = LabHost.program("env", "LANG=en_US.UTF-8", "berth", "site", "info", Fresh.siteName("missing"))
                .run();
        assertThat(german.exit()).isEqualTo(3);
        assertThat(german.err().lines().findFirst())
                .isNotEqualTo(english.err().lines().findFirst());
    }

    @Test
    void isRootOnTheHost() {
        assertThat(LabHost.berth("whoami").run().orFail().out()).contains("root");
    }

    @Test
    void tellsHowTheHostFares() {
        var status = LabHost.berth("status").run().orFail().out();
        assertThat(status)
                .contains("Berth")
                .contains("nginx")
                .contains("Memory")
                .contains("8.");
    }

    private Output fromElsewhere(Person person, String... words) throws IOException {
        var token = Files.writeString(
                Files.createTempFile(
                        folder,
                        "token",
                        "",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                person.token());
        var certificate = Files.writeString(folder.resolve("panel.crt"), LabHost.certificate());
        return LabHost.berthFromElsewhere(words)
                .with(
                        "--url",
                        LabHost.panel().toString(),
                        "--token-file",
                        token.toString(),
                        "--ca-file",
                        certificate.toString())
                .in(Map.of("NO_COLOR", "1"))
                .run();
    }
}
