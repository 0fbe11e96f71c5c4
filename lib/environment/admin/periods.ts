/** The revocation list is renewed by hand: half a year is long, a month is enough to notice. */
export const revocationListWarningDays = 30;
/** `vpn init` renews the server's certificate from here on. */
export const serverCertificateRenewalDays = 60;
/** By then it should have been renewed: an alarm rings. */
export const serverCertificateWarningDays = 45;
/** The next certificate of a person is issued in the last days of the one before. */
export const personCertificateRenewalDays = 14;
/** To replace the authority, every admin needs a new certificate. */
export const authorityWarningDays = 180;
