using System.Buffers.Text;
using System.ComponentModel;
using System.Text;
using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Model;
using Microsoft.AspNetCore.Mvc;

namespace DataExchange.Gateway.Catalogue;

/// <summary>Query of <c>GET /v1/catalogue</c>.</summary>
public sealed record CatalogueFilter
{
    [FromQuery(Name = "q"), Description("Words that all have to occur in names, descriptions, fields or categories, in Chinese or English.")]
    public string? Q { get; init; }

    [FromQuery(Name = "provider"), Description("Member code of the provider.")]
    public string? Provider { get; init; }

    [FromQuery(Name = "shareClass"), Description("Unconditional, Conditional or Prohibited.")]
    public string? ShareClass { get; init; }

    [FromQuery(Name = "classification"), Description("Exactly this level.")]
    public string? Classification { get; init; }

    [FromQuery(Name = "personal"), Description("Whether it has a field with personal information.")]
    public bool? Personal { get; init; }

    [FromQuery(Name = "sensitive"), Description("Whether it has a sensitive field.")]
    public bool? Sensitive { get; init; }

    [FromQuery(Name = "state"), Description("Published or Withdrawn, or the draft's: Draft or UnderReview.")]
    public string? State { get; init; }

    [FromQuery(Name = "updatedSince"), Description("Changed at this time or later, RFC 3339.")]
    public DateTimeOffset? UpdatedSince { get; init; }

    [FromQuery(Name = "limit"), Description("Entries on a page, 1 to 200; 50 where it is left out.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("The `next` of the page before.")]
    public string? Cursor { get; init; }

    /// <summary>Whether anything is asked for.</summary>
    public bool IsEmpty() => this == new CatalogueFilter();

    /// <exception cref="BadHttpRequestException">A value is none that can be looked for.</exception>
    public CatalogueQuery ToQuery() => new()
    {
        Text = Q,
        Provider = Provider,
        ShareClass = Parse<ShareClass>(ShareClass, "shareClass"),
        Classification = Classification,
        Personal = Personal,
        Sensitive = Sensitive,
        State = Parse<RevisionState>(State, "state"),
        UpdatedSince = UpdatedSince,
        Limit = Limit is null or (>= 1 and <= CatalogueQuery.MaxLimit) ? Limit ?? CatalogueQuery.DefaultLimit : throw Bad($"limit is 1 to {CatalogueQuery.MaxLimit}."),
        After = Cursor is null ? null : ReadCursor(Cursor) ?? throw Bad("cursor is the next of a page."),
    };

    public static string WriteCursor(string code) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(code));

    private static string? ReadCursor(string cursor) =>
        Base64Url.IsValid(cursor) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) is var code && Codes.IsDatasetCode(code) ? code : null;

    private static TEnum? Parse<TEnum>(string? text, string name)
        where TEnum : struct, Enum =>
        text is null ? null
        : Enum.GetNames<TEnum>().Contains(text) ? Enum.Parse<TEnum>(text)
        : throw Bad($"{name} is one of {string.Join(", ", Enum.GetNames<TEnum>())}.");

    private static BadHttpRequestException Bad(string message) => new(message);
}
