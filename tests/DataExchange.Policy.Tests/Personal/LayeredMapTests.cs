using DataExchange.Policy.Personal;

namespace DataExchange.Policy.Tests.Personal;

public class LayeredMapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_history_leaves_what_a_dictionary_would_hold_and_earlier_versions_as_they_were(int seed)
    {
        var state = (uint)seed;
        var model = Enumerable.Range(0, 50).ToDictionary(key => key, key => key);
        var map = new LayeredMap<int, int>(new Dictionary<int, int>(model));
        var versions = new List<(LayeredMap<int, int> Map, Dictionary<int, int> Model)>();
        for (var step = 0; step < 500; step++)
        {
            versions.Add((map, new Dictionary<int, int>(model)));
            state = (state * 1_664_525) + 1_013_904_223; // The same history at every run.
            var (key, removes) = ((int)(state >> 16) % 100, (state >> 8) % 2 == 0);
            if (removes)
            {
                map = map.Remove(key);
                model.Remove(key);
            }
            else
            {
                map = map.Set(key, step);
                model[key] = step;
            }
        }

        versions.Add((map, model));
        foreach (var (was, then) in versions)
        {
            Assert.Equal(then.Count, was.Count);
            Assert.Equal(then.Values.Order(), was.Values.Order());
            Assert.All(Enumerable.Range(0, 100), key => Assert.Equal((then.TryGetValue(key, out var expected), expected), (was.TryGet(key, out var found), found)));
        }
    }
}
