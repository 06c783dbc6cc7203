using Microsoft.ML;
using Microsoft.ML.Data;

namespace DaprMoE.LoadPredictor;

/// <summary>
/// Rows as ML.NET reads them: features are computed in the getter, straight from the windows, so that neither a matrix nor row objects
/// exist.
/// </summary>
internal sealed class TrainingRows : IDataView
{
    /// <summary>Column of the features.</summary>
    public const string FeaturesColumn = "Features";

    /// <summary>Column of what is to be forecast.</summary>
    public const string LabelColumn = "Label";

    private readonly FeatureMaker _maker;
    private readonly int[] _windows;
    private readonly int _stride;

    /// <param name="maker">Makes the features.</param>
    /// <param name="windows">Windows to forecast, ascending.</param>
    /// <param name="most">Most rows; beyond, an even selection of them is read.</param>
    public TrainingRows(FeatureMaker maker, int[] windows, int most)
    {
        _maker = maker;
        _windows = windows;
        long all = (long)windows.Length * maker.Series.Shape.Count;
        // Odd, so that no expert is left out where the number of experts is a power of two.
        _stride = (int)((all + most - 1) / most) | 1;
        Count = (all + _stride - 1) / _stride;
        DataViewSchema.Builder schema = new();
        schema.AddColumn(FeaturesColumn, new VectorDataViewType(NumberDataViewType.Single, maker.Features));
        schema.AddColumn(LabelColumn, NumberDataViewType.Single);
        Schema = schema.ToSchema();
    }

    public long Count { get; }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private (int Window, int Expert) At(long row)
    {
        (long window, long expert) = Math.DivRem(row * _stride, (long)_maker.Series.Shape.Count);
        return (_windows[window], (int)expert);
    }

    private sealed class Cursor(TrainingRows rows, HashSet<int> columns) : DataViewRowCursor
    {
        private long _row = -1;

        public override long Position => _row;

        public override long Batch => 0;

        public override DataViewSchema Schema => rows.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => columns.Contains(column.Index);

        public override bool MoveNext()
        {
            if (_row + 1 >= rows.Count)
            {
                return false;
            }

            _row++;
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Index == 0 ? (ValueGetter<VBuffer<float>>)Features : (ValueGetter<float>)Label;
            return (ValueGetter<TValue>)getter;
        }

        private void Features(ref VBuffer<float> value)
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, rows._maker.Features);
            (int window, int expert) = rows.At(_row);
            rows._maker.Fill(window, expert, editor.Values);
            value = editor.Commit();
        }

        private void Label(ref float value)
        {
            (int window, int expert) = rows.At(_row);
            value = Residual.Of(rows._maker.Series, window, expert);
        }
    }
}
