namespace DataExchange.Adapters.Fields;

/// <summary>Where one field of a dataset comes from.</summary>
/// <param name="Name">The field's name in the dataset.</param>
/// <param name="From">Where the back end keeps it: a column, a heading, or a JSON pointer, as the adapter says.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Format">
/// How the back end writes it, where it writes text. A date: a .NET format such as <c>yyyyMMdd</c>; without one, <c>yyyy-MM-dd</c>.
/// A boolean: the words for true and false with a bar between, such as <c>是|否</c>; without them, <c>true|false</c> and <c>1|0</c>.
/// </param>
public sealed record FieldMap(string Name, string From, FieldType Type, string? Format = null);
