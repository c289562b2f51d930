using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using DataExchange.Contracts.Signatures;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;
using DataExchange.Policy.Signatures;

namespace DataExchange.Policy.Founding;

/// <summary>
/// A member's signature under one revision of an agreement: a <see cref="MemberSignature"/> under
/// <c>{"agreement":"{id}@{revision}","sha256":"…"}</c> with the base64url SHA-256 of the agreement's canonical form.
/// </summary>
public static class Approval
{
    /// <summary>The payload that a member signs, canonical JSON, over the agreement as it was written.</summary>
    public static byte[] PayloadOf(SharingAgreement agreement) => SignedStatement.Of(
        SignedStatement.Agreement, $"{agreement.Id}@{agreement.Revision}",
        agreement.AsWritten ?? JsonSerializer.SerializeToElement(agreement, PolicyJsonContext.Default.SharingAgreement));

    /// <summary>Verifies a signature; says whose it is.</summary>
    /// <param name="jws">The compact serialisation.</param>
    /// <param name="agreement">The very revision.</param>
    /// <param name="findMember">A member by its code; null where there is none whose signature counts.</param>
    /// <param name="signer">The member's code.</param>
    public static bool TryVerify(string jws, SharingAgreement agreement, Func<string, Member?> findMember, [NotNullWhen(true)] out string? signer)
    {
        signer = MemberSignature.TryVerify(jws, PayloadOf(agreement), findMember, out var key) ? key.Member : null;
        return signer is not null;
    }

    /// <summary>Verifies a signature against the keys of these members.</summary>
    public static bool TryVerify(string jws, SharingAgreement agreement, IEnumerable<Member> members, [NotNullWhen(true)] out string? signer) =>
        TryVerify(jws, agreement, code => members.FirstOrDefault(member => member.Code == code), out signer);
}
