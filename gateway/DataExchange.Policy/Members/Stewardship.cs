using DataExchange.Contracts.Problems;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Signatures;

namespace DataExchange.Policy.Members;

/// <summary>A steward speaks for a member, as long as the member is not suspended; what binds the member is signed with its key.</summary>
internal static class Stewardship
{
    /// <summary>Why the party speaks for no member; null where it does.</summary>
    public static CommandOutcome? Refusal(Party by, RegionSnapshot rules) =>
        !by.Is(Roles.Steward) ? CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, "A steward of a member does this.")
        : rules.FindMemberByClient(by.ClientId)?.Code is { } member && member == by.Member ? null
        : CommandOutcome.Refuse(ProblemSlugs.ActorNotAuthorised, Absence(by.ClientId, rules));

    /// <summary>Why a client acts for no member.</summary>
    public static string Absence(string clientId, RegionSnapshot rules) => rules.Membership.FindByClient(clientId) is { State: MemberState.Suspended } entry
        ? $"The member {entry.Member.Code}, whose client this is, is suspended."
        : "The client is not registered to any member.";

    /// <summary>Why a signature does not count for this member; null where it does.</summary>
    /// <param name="signature">Compact JWS.</param>
    /// <param name="statement">What has to be signed.</param>
    /// <param name="member">Whose signature it has to be.</param>
    /// <param name="rules">Holds the keys that count.</param>
    public static CommandOutcome? Signed(string signature, byte[] statement, string member, RegionSnapshot rules) =>
        MemberSignature.TryVerify(signature, statement, rules.Membership.FindActive, out var signer) && signer.Member == member
            ? null
            : CommandOutcome.Refuse(
                ProblemSlugs.RequestMalformed,
                $"The signature does not verify: it has to be a compact JWS by ES256 under a key of {member} that counts now, and its payload exactly {System.Text.Encoding.UTF8.GetString(statement)}");
}
