using System.Security.Cryptography;
using System.Text;

namespace DataExchange.Policy.Model;

/// <summary>A revision of the text that a person consents to.</summary>
public sealed record ConsentNotice
{
    public required string Code { get; init; }
    public required int Revision { get; init; }
    public required string Purpose { get; init; }
    /// <summary>Dataset code.</summary>
    public required string Dataset { get; init; }
    /// <summary>Member code of the receiver.</summary>
    public required string Recipient { get; init; }
    /// <summary>What it speaks of.</summary>
    public required IReadOnlyList<string> Fields { get; init; }
    public required LocalizedText Texts { get; init; }
    /// <summary>How the data are handled, where the notice says so apart from its text; another method needs another consent (PIPL art. 14).</summary>
    public LocalizedText? Method { get; init; }
    /// <summary>What its publisher says has changed since the revision before; null is taken for substance.</summary>
    public NoticeChange? Change { get; init; }

    /// <summary>SHA-256 of the UTF-8 text in a language, base64; null when the notice has no such text.</summary>
    public string? HashOf(string language) =>
        Texts.TryGetValue(language, out var text) ? Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text))) : null;
}
