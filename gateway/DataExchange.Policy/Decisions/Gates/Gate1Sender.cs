using DataExchange.Contracts.Problems;
using DataExchange.Policy.Members;
using DataExchange.Policy.Rules;

namespace DataExchange.Policy.Decisions.Gates;

/// <summary>Sender and token: the client is registered to a member, and a token that is bound to a certificate came with that certificate (RFC 8705).</summary>
internal static class Gate1Sender
{
    private const int Number = 1;

    public static void Check(Evaluation evaluation)
    {
        var actor = evaluation.Request.Actor;
        evaluation.Consumer = evaluation.Rules.FindMemberByClient(actor.ClientId);
        if (evaluation.Consumer is null)
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.ActorNotAuthorised, Stewardship.Absence(actor.ClientId, evaluation.Rules));
            return;
        }

        if (!SenderBinding.Holds(actor, evaluation.Rules))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.TokenBindingMismatch, "The token is not bound to the certificate that was presented.");
        }
    }
}
