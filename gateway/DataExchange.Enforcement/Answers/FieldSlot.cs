using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Answers;

/// <summary>A field that the provider was asked for, and where in the answer its value was found.</summary>
internal sealed class FieldSlot(DatasetField description)
{
    public DatasetField Field => description;

    public bool Found { get; private set; }

    /// <summary>Bytes of the value in the answer, a JSON token: quotes and escapes included.</summary>
    public Range Value { get; private set; }

    public void Set(Range value)
    {
        Found = true;
        Value = value;
    }
}
