using DataExchange.Cli.Output;

namespace DataExchange.Cli.Signing;

/// <summary>A signature.</summary>
/// <param name="Kid">The key: <c>{member}/{key id}</c>.</param>
/// <param name="Verb">What is done.</param>
/// <param name="Thing">To which thing.</param>
/// <param name="Sha256">Of the document's canonical form, base64url.</param>
/// <param name="Signature">Compact JWS.</param>
internal sealed record SigningReport(string Kid, string Verb, string Thing, string Sha256, string Signature)
    : Report(true, FindingCode.Signed, $"{Kid} signed {Verb} {Thing}.")
{
    public override string? Payload() => Signature + Environment.NewLine;
}
