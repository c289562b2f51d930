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

    // A copy made by `with` takes this along, and with other texts it makes its own.
    private TextHashes _hashes;

    /// <summary>SHA-256 of the UTF-8 text in a language, base64; null when the notice has no such text.</summary>
    public string? HashOf(string language)
    {
        if (!ReferenceEquals(_hashes.Texts, Texts))
        {
            _hashes = new TextHashes(Texts);
        }

        return _hashes.Of(language);
    }

    /// <summary>The hashes of all texts, made once: every decision that rests on a consent asks for one. Says nothing about which notice it is, so all are equal.</summary>
    private readonly struct TextHashes(LocalizedText texts) : IEquatable<TextHashes>
    {
        // One field, so that a reader beside the writer sees all of it or nothing.
        private readonly Made? _made = new(texts, texts.ToDictionary(text => text.Key, text => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.Value)))));

        public LocalizedText? Texts => _made?.Texts;

        public string? Of(string language) => _made?.Hashes.GetValueOrDefault(language);

        public bool Equals(TextHashes other) => true;

        public override bool Equals(object? obj) => obj is TextHashes;

        public override int GetHashCode() => 0;

        private sealed record Made(LocalizedText Texts, Dictionary<string, string> Hashes);
    }
}
