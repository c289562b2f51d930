namespace DataExchange.Policy.Model;

/// <summary>A text in several languages, keyed by language tag (<c>zh</c>, <c>en</c>).</summary>
public sealed class LocalizedText : Dictionary<string, string>;
