"""Pure timeline logic: mentions to events to windows, as folds that ignore order. No Kafka, no store, no clock."""
