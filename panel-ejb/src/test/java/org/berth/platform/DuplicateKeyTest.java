package org.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DuplicateKeyTest {

    @Test
    void isFoundBehindWhatWrapsIt() {
        var refused = new SQLException("Duplicate entry", "23000", 1062);
        assertThat(DuplicateKey.isBehind(new IllegalStateException(new RuntimeException(refused))))
                .isTrue();
    }

    @Test
    void isNotEveryFailureOfTheDatabase() {
        var lost = new SQLException("Connection reset", "08000", 1927);
        var noParent = new SQLException("a foreign key constraint fails", "23000", 1452);
        assertThat(DuplicateKey.isBehind(new RuntimeException(lost))).isFalse();
        assertThat(DuplicateKey.isBehind(new RuntimeException(noParent))).isFalse();
        assertThat(DuplicateKey.isBehind(new RuntimeException())).isFalse();
    }
}
