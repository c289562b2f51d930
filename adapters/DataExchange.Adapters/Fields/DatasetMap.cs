using System.Collections.Frozen;

namespace DataExchange.Adapters.Fields;

/// <summary>How one dataset of the catalogue maps to a back end.</summary>
public sealed class DatasetMap
{
    /// <summary>Makes a map.</summary>
    /// <param name="code"><c>{provider}/{dataset}</c>.</param>
    /// <param name="revisions">Revisions of the dataset's description that the mapping follows; two during a change-over.</param>
    /// <param name="subjectScheme">The numbering scheme of the register's key, for instance <c>cn-resident-id</c>.</param>
    /// <param name="fields">At least one.</param>
    /// <exception cref="ArgumentException">No field, no revision, or two fields of one name.</exception>
    public DatasetMap(string code, IEnumerable<int> revisions, string subjectScheme, IEnumerable<FieldMap> fields)
    {
        Code = code;
        SubjectScheme = subjectScheme;
        Revisions = revisions.ToFrozenSet();
        Fields = [.. fields];
        ByName = Fields.ToDictionary(field => field.Name, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
        if (Fields.Count == 0 || Revisions.Count == 0)
        {
            throw new ArgumentException($"The map of {code} needs at least one revision and one field.");
        }
    }

    /// <summary><c>{provider}/{dataset}</c>.</summary>
    public string Code { get; }

    /// <summary>The numbering scheme of the register's key.</summary>
    public string SubjectScheme { get; }

    /// <summary>The revisions that the mapping follows.</summary>
    public IReadOnlySet<int> Revisions { get; }

    /// <summary>Every field, in the order of the map.</summary>
    public IReadOnlyList<FieldMap> Fields { get; }

    /// <summary>Every field by its name, case and all.</summary>
    public FrozenDictionary<string, FieldMap> ByName { get; }
}
