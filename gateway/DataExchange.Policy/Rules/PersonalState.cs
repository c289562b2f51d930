using System.Collections.Immutable;
using DataExchange.Policy.Model;
using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Rules;

/// <summary>The records about people, one index a register. Immutable.</summary>
internal sealed class PersonalState
{
    public static readonly PersonalState Empty = new([.. PersonalRegisters.All.Select(register => register.Empty)]);

    // In the order of PersonalRegisters.All: a look-up by position costs nothing where every decision makes one.
    private readonly ImmutableArray<PersonalIndex> _indexes;

    private PersonalState(ImmutableArray<PersonalIndex> indexes) => _indexes = indexes;

    public PersonalIndex<TRecord> Of<TRecord>(PersonalRegister<TRecord> register)
        where TRecord : PersonalRecord => (PersonalIndex<TRecord>)_indexes[PositionOf(register)];

    public PersonalState Set(string kind, PersonalRecord record)
    {
        var position = PositionOf(PersonalRegisters.Of(kind));
        return new PersonalState(_indexes.SetItem(position, _indexes[position].Set(record)));
    }

    public PersonalState SetAll(PersonalRecord[] records)
    {
        var indexes = _indexes.ToArray();
        for (var i = 0; i < indexes.Length; i++)
        {
            indexes[i] = indexes[i].SetAll(records);
        }

        return new PersonalState([.. indexes]);
    }

    public PersonalState Without(IReadOnlyCollection<SubjectHandle> subjects) => new([.. _indexes.Select(index => index.Without(subjects))]);

    public IEnumerable<(PersonalRegister Register, PersonalRecord Record)> About(SubjectHandle subject) =>
        PersonalRegisters.All.SelectMany((register, position) => _indexes[position].About(subject).Select(record => (register, record)));

    private static int PositionOf(PersonalRegister register)
    {
        for (var i = 0; i < PersonalRegisters.All.Count; i++)
        {
            if (ReferenceEquals(PersonalRegisters.All[i], register))
            {
                return i;
            }
        }

        throw new InvalidOperationException($"The register '{register.Name}' is not listed.");
    }
}
