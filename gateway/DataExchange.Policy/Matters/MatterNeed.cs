using System.Text.Json.Serialization;
using DataExchange.Policy.Json;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Matters;

/// <summary>Whether a matter can do without. The zero value is neither, and refused.</summary>
[JsonConverter(typeof(StrictEnumConverter<Necessity>))]
public enum Necessity { None = 0, Required, Optional }

/// <summary>One question that a matter puts to one department.</summary>
public sealed record MatterNeed
{
    /// <summary>Code, unique within the matter.</summary>
    public required string Code { get; init; }
    /// <summary><c>{provider}/{dataset}</c>.</summary>
    public required string Dataset { get; init; }
    public required string Purpose { get; init; }
    public required IReadOnlyList<string> Fields { get; init; }
    public required Necessity Necessity { get; init; }
    /// <summary>Why it has to be known, in words for the person.</summary>
    public required LocalizedText Why { get; init; }
    /// <summary>The paper that nobody has to carry for it.</summary>
    public required Spared Document { get; init; }
    /// <summary>The counter that nobody has to visit for it.</summary>
    public required Spared Counter { get; init; }
    /// <summary>Whether it is an answer, too, that the register holds no record: for instance that somebody owns no home.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AbsenceAnswers { get; init; }
}

/// <summary>A document or a counter that a person is spared. Two needs with the same code mean the same one, and it counts once.</summary>
public sealed record Spared
{
    public required string Code { get; init; }
    public required LocalizedText Names { get; init; }
}

/// <summary>A field's place in the matter's form.</summary>
/// <param name="Need">Code of the need.</param>
/// <param name="Field">One of its fields.</param>
/// <param name="Position">The place: 1 to 100 letters, digits, dots and hyphens, for instance <c>applicant.name</c>.</param>
public sealed record FormPosition(string Need, string Field, string Position);
