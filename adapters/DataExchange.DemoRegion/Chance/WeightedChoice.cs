namespace DataExchange.DemoRegion.Chance;

/// <summary>Values that are drawn as often as their weights say.</summary>
internal sealed class WeightedChoice<T>
{
    private readonly T[] _values;
    private readonly int[] _bounds;

    public WeightedChoice(params IReadOnlyList<(T Value, int Weight)> choices)
    {
        _values = new T[choices.Count];
        _bounds = new int[choices.Count];
        var sum = 0;
        for (var i = 0; i < choices.Count; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(choices[i].Weight);
            _values[i] = choices[i].Value;
            _bounds[i] = sum += choices[i].Weight;
        }
    }

    public T Draw(SeededRandom random)
    {
        var index = Array.BinarySearch(_bounds, random.Below(_bounds[^1]) + 1);
        return _values[index < 0 ? ~index : index];
    }
}
