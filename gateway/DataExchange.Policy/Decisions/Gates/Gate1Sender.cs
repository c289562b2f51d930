using DataExchange.Contracts.Problems;

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
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.ActorNotAuthorised, "The client is not registered to any member.");
            return;
        }

        // A registered thumbprint binds every token of the client; a token bound by its issuer is held to that even where nothing is registered.
        var registered = evaluation.Consumer.Clients.First(c => c.ClientId == actor.ClientId).CertificateThumbprint;
        if ((registered is not null && (actor.BoundTo != registered || actor.Presented != registered))
            || (actor.BoundTo is not null && actor.Presented != actor.BoundTo))
        {
            evaluation.Reasons.AboutRequest(Number, ProblemSlugs.TokenBindingMismatch, "The token is not bound to the certificate that was presented.");
        }
    }
}
