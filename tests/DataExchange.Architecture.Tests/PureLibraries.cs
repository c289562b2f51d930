using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DataExchange.Architecture.Tests;

/// <summary>Merkle, Policy and Contracts take values and return values. What a library calls stands in its compiled metadata, so that is what is read.</summary>
public sealed class PureLibraries
{
    private static readonly string[] Impure =
    [
        "System.IO.File.", "System.IO.Directory.", "System.IO.FileStream.", "System.IO.FileInfo.", "System.IO.DirectoryInfo.",
        "System.Net.", "Microsoft.AspNetCore.", "Microsoft.Data.", "System.Data.", "Yarp.",
        "System.Environment.", "System.Diagnostics.Process.", "System.Diagnostics.Stopwatch.", "System.TimeProvider.", "System.Threading.Timer.",
    ];

    /// <summary>The compiler asks for it in every iterator.</summary>
    private const string OfIterators = "System.Environment.get_CurrentManagedThreadId";

    [Theory]
    [InlineData("DataExchange.Contracts")]
    [InlineData("DataExchange.Merkle")]
    [InlineData("DataExchange.Policy")]
    public void A_pure_library_touches_no_file_no_network_no_database_and_no_clock(string name)
    {
        var used = MembersUsedBy(Assembly.Load(name)).Where(member => member != OfIterators && Impure.Any(prefix => member.StartsWith(prefix, StringComparison.Ordinal)));

        Assert.Empty(used);
    }

    private static List<string> MembersUsedBy(Assembly assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly.Location));
        var metadata = image.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => (Type: metadata.GetTypeReference((TypeReferenceHandle)member.Parent), Name: metadata.GetString(member.Name)))
            .Select(member => $"{metadata.GetString(member.Type.Namespace)}.{metadata.GetString(member.Type.Name)}.{member.Name}")];
    }
}
