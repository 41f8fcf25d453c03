package org.berth.certificates;

/**
 * By which an authority knows whose customer the account is.
 *
 * @param keyId the number that it gave
 * @param hmacKey the key that it gave, in base64url
 */
record ExternalAccount(String keyId, String hmacKey) {

    /** Without the key. */
    @Override
    public String toString() {
        return "ExternalAccount[" + keyId + "]";
    }
}
