using System.Buffers;
using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Subjects;

/// <summary>Handles as bytes.</summary>
internal static class SubjectHandles
{
    /// <summary>Exactly 64 lower-case hexadecimal digits; one handle has one spelling.</summary>
    public static bool TryParse(SubjectHandle handle, out byte[] bytes)
    {
        bytes = new byte[SubjectHandle.Size];
        return handle.Value is { Length: 2 * SubjectHandle.Size } text
            && !text.AsSpan().ContainsAnyInRange('A', 'F')
            && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done;
    }
}
