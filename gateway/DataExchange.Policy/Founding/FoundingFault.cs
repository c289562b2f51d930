namespace DataExchange.Policy.Founding;

/// <summary>Something wrong with a founding file.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.agreements[2].agreement.grants[0].fields[1].name</c>.</param>
/// <param name="Message">What is wrong with the value, and the way out.</param>
public sealed record FoundingFault(string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";
}
